using System.Text.Json;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>Reads JSON as records: the objects of a list, objects one after another (NDJSON), or the members of one object, whose names are keys.</summary>
internal sealed class JsonRecords
{
    private const int MostRows = 1_000;
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 256 };
    private readonly LookupLoad _load;
    private readonly string _key;
    private readonly IProcessor _parser;
    private readonly EventBatch _batch;
    private readonly ByteBuffer _record = new(256);

    public JsonRecords(string key, LookupLoad load)
    {
        (_load, _key) = (load, key);
        _parser = new Json().Build(new BuildContext { Pipeline = load.Name, Fields = load.Fields });
        _batch = new EventBatch(load.Fields);
    }

    /// <summary>Reads all of it.</summary>
    /// <exception cref="LookupException">It is not JSON, or a record is wrong.</exception>
    public void Read(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        Begin();
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            while (reader.Read())
            {
                Root(text, ref reader);
            }
        }
        catch (JsonException e)
        {
            throw new LookupException($"The lookup '{_load.Name}' is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.", e);
        }

        Flush();
    }

    private void Root(ReadOnlySpan<byte> text, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                start = (int)reader.TokenStartIndex;
                reader.Skip();
                Add(text[start..(int)reader.BytesConsumed]);
            }

            return;
        }

        reader.Skip();
        var value = text[start..(int)reader.BytesConsumed];
        if (start == 0 && IsMap(value) && text[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty)
        {
            Members(value);
        }
        else
        {
            Add(value);
        }
    }

    private bool IsMap(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, Options);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(_key))
            {
                return false;
            }

            reader.Skip();
        }

        return isObject;
    }

    private void Members(ReadOnlySpan<byte> map)
    {
        var reader = new Utf8JsonReader(map, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            _record.Clear();
            _record.WriteByte((byte)'{');
            JsonText.WriteString(_record, System.Text.Encoding.UTF8.GetBytes(_key));
            _record.WriteByte((byte)':');
            JsonText.WriteString(_record, System.Text.Encoding.UTF8.GetBytes(reader.GetString()!));
            reader.Read();
            var (start, isObject) = ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.StartObject);
            reader.Skip();
            var value = map[start..(int)reader.BytesConsumed];
            var members = isObject ? value[1..^1].Trim(" \t\r\n"u8) : value;
            _record.Write(members.IsEmpty ? default : isObject ? ","u8 : ",\"value\":"u8);
            _record.Write(members);
            _record.WriteByte((byte)'}');
            Add(_record.Written);
        }
    }

    private void Add(ReadOnlySpan<byte> record)
    {
        _batch.Add(new EventHeader { RawOffset = _batch.Append(record), RawLength = record.Length });
        if (_batch.RowCount >= MostRows)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _parser.Process(_batch);
        _load.Add(_batch);
        Begin();
    }

    private void Begin()
    {
        _batch.Clear();
        _batch.AddOrigin(new Origin(_load.Name, 0));
    }
}
