using System.Text.Json;
using CloudPump.Events;

namespace CloudPump.Parsers;

/// <summary>Makes fields of the members of a JSON object that stands in the arena; of a name given twice the last value counts.</summary>
internal sealed class JsonMembers(int maxDepth)
{
    private readonly JsonReaderOptions _options = new() { MaxDepth = maxDepth };
    private readonly ByteBuffer _name = new(256);

    /// <summary>Sets the fields; returns what is wrong, or null.</summary>
    /// <exception cref="JsonException">The text is not one JSON object.</exception>
    public string? Read(EventBatch batch, int row, int offset, int length)
    {
        var reader = new Utf8JsonReader(batch.Bytes(offset, length), _options);
        reader.Read();
        var error = Read(batch, row, offset, ref reader);
        if (error is null)
        {
            // What follows the object must be nothing: the reader throws if it is not.
            reader.Read();
        }

        return error;
    }

    /// <summary>The same with a reader that stands at the beginning of the object; afterwards at its end.</summary>
    public string? Read(EventBatch batch, int row, int start, ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (batch.FieldCount(row) >= EventBatch.MaxFields)
            {
                return $"The event has more than {EventBatch.MaxFields} fields.";
            }

            if (!TryName(ref reader, batch, out var id))
            {
                return $"The pipeline has met more than {FieldTable.MaxNames} different field names; this event brings another one.";
            }

            reader.Read();
            var slot = JsonObjectText.ToSlot(batch, start, ref reader);
            batch.Put(row, id) = slot;
        }

        return null;
    }

    private bool TryName(ref Utf8JsonReader reader, EventBatch batch, out ushort id)
    {
        if (!reader.ValueIsEscaped)
        {
            return batch.Fields.TryAdd(reader.ValueSpan, out id);
        }

        _name.Clear();
        _name.Advance(reader.CopyString(_name.GetSpan(reader.ValueSpan.Length)));
        return batch.Fields.TryAdd(_name.Written, out id);
    }
}
