using System.Text.Json;
using CloudPump.Events;
using CloudPump.Generators;

namespace CloudPump.Parsers;

/// <summary>Reads events as JSON: one object is the event's fields, a list of objects or lines of objects are an event each.</summary>
internal sealed class JsonParser(int maxDepth, ushort value) : EventGenerator
{
    private readonly JsonReaderOptions _one = new() { MaxDepth = maxDepth };
    private readonly JsonReaderOptions _many = new() { MaxDepth = maxDepth, AllowMultipleValues = true };
    private readonly JsonMembers _members = new(maxDepth);
    private readonly JsonCheck _check = new(new JsonReaderOptions { MaxDepth = maxDepth, AllowMultipleValues = true });

    /// <inheritdoc/>
    private protected override void Fail(EventBatch batch, int row, string error)
    {
        batch.ClearFields(row);
        batch.Fail(row, error);
    }

    /// <inheritdoc/>
    protected override string? Generate(EventBatch batch, int row, ChildEvents children)
    {
        var (start, length) = (batch.Header(row).RawOffset, batch.Header(row).RawLength);
        if (length < 0)
        {
            return RawParser.NoOriginal;
        }

        try
        {
            return _check.Problem(batch.Raw(row)) ?? ReadOne(batch, row, start, length, children);
        }
        catch (JsonException e)
        {
            return TryLines(batch, row, start, length, children) ? null : $"The event is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.";
        }
    }

    private string? ReadOne(EventBatch batch, int row, int start, int length, ChildEvents children)
    {
        var reader = new Utf8JsonReader(batch.Bytes(start, length), _one);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray && IsListOfObjects(batch.Bytes(start, length)))
        {
            return ReadList(batch, start, ref reader, children);
        }

        children.Keep();
        var error = reader.TokenType == JsonTokenType.StartObject ? _members.Read(batch, row, start, length) : ReadValue(batch, row, start, ref reader);
        if (error is null)
        {
            batch.MarkParsed(row);
        }

        return error;
    }

    private string? ReadValue(EventBatch batch, int row, int start, ref Utf8JsonReader reader)
    {
        var slot = JsonObjectText.ToSlot(batch, start, ref reader);
        batch.Put(row, value) = slot;
        reader.Read();
        return null;
    }

    private bool IsListOfObjects(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, _one);
        var any = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Skip();
            any = true;
        }

        // All of it is read, so that nothing wrong can come after the first children.
        var isList = any && reader.TokenType == JsonTokenType.EndArray;
        return isList && !reader.Read();
    }

    private string? ReadList(EventBatch batch, int start, ref Utf8JsonReader reader, ChildEvents children)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var offset = (int)reader.TokenStartIndex;
            reader.Skip();
            if (Add(batch, start + offset, (int)reader.BytesConsumed - offset, children) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    // Objects that begin on lines of their own; anything else between or after them is a mistake.
    private bool TryLines(EventBatch batch, int row, int start, int length, ChildEvents children)
    {
        try
        {
            var reader = new Utf8JsonReader(batch.Bytes(start, length), _many);
            for (var end = 0; reader.Read();)
            {
                var offset = (int)reader.TokenStartIndex;
                if (reader.TokenType != JsonTokenType.StartObject || (end > 0 && batch.Bytes(start + end, offset - end).IndexOf((byte)'\n') < 0))
                {
                    return false;
                }

                reader.Skip();
                end = (int)reader.BytesConsumed;
                if (Add(batch, start + offset, end - offset, children) is not null)
                {
                    return false;
                }
            }

            batch.ClearFields(row);
            children.Replace();
            return children.Count > 1;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string? Add(EventBatch batch, int offset, int length, ChildEvents children)
    {
        if (!children.TryAdd(offset, length, out var child))
        {
            return TooMany;
        }

        batch.MarkParsed(child);
        return _members.Read(batch, child, offset, length);
    }
}
