using System.Text.Json;

namespace CloudPump.Events;

/// <summary>Reads and patches JSON objects as text, without a tree.</summary>
internal static class JsonObjectText
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>The value at a path inside the object that a slot points to, as a slot; Missing when it is not there.</summary>
    public static Slot Get(EventBatch batch, in Slot root, byte[][] path)
    {
        var reader = new Utf8JsonReader(batch.Text(root), Options);
        reader.Read();
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Find(ref reader, name))
            {
                return default;
            }
        }

        return ToSlot(batch, root.Offset, ref reader);
    }

    /// <summary>Turns the value that the reader stands at into a slot.</summary>
    /// <param name="batch">The batch whose arena holds the text.</param>
    /// <param name="start">Where the reader's text starts in the arena.</param>
    /// <param name="reader">Stands at the value; afterwards at its end.</param>
    public static Slot ToSlot(EventBatch batch, int start, ref Utf8JsonReader reader)
    {
        var slot = default(Slot);
        var at = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when !reader.ValueIsEscaped:
                slot.SetText(FieldKind.PlainString, start + at + 1, reader.ValueSpan.Length);
                break;
            case JsonTokenType.String:
                var length = reader.CopyString(batch.Reserve(reader.ValueSpan.Length));
                slot.SetText(FieldKind.String, batch.Commit(length), length);
                break;
            case JsonTokenType.Number:
                slot.SetText(FieldKind.Number, start + at, reader.ValueSpan.Length);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                slot.Set(FieldKind.Bool, reader.TokenType == JsonTokenType.True ? 1 : 0);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var kind = reader.TokenType == JsonTokenType.StartObject ? FieldKind.Object : FieldKind.List;
                reader.Skip();
                slot.SetText(kind, start + at, (int)reader.BytesConsumed - at);
                break;
            default:
                slot.Set(FieldKind.Null, 0);
                break;
        }

        return slot;
    }

    /// <summary>Writes the object with the value at the path set to <paramref name="json"/>, or removed when that is empty.</summary>
    public static void Patch(ReadOnlySpan<byte> obj, ReadOnlySpan<byte[]> path, ReadOnlySpan<byte> json, ByteBuffer output)
    {
        var reader = new Utf8JsonReader(obj, Options);
        reader.Read();
        output.WriteByte((byte)'{');
        var first = true;
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            found |= Member(obj, ref reader, path, json, output, ref first);
        }

        if (!found && !json.IsEmpty)
        {
            Name(path[0], output, ref first);
            Value("{}"u8, path, json, output);
        }

        output.WriteByte((byte)'}');
    }

    private static bool Member(
        ReadOnlySpan<byte> obj, ref Utf8JsonReader reader, ReadOnlySpan<byte[]> path, ReadOnlySpan<byte> json, ByteBuffer output, ref bool first)
    {
        var matches = reader.ValueTextEquals(path[0]);
        var nameStart = (int)reader.TokenStartIndex;
        var nameLength = reader.ValueSpan.Length + 2;
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        if (matches && path.Length == 1 && json.IsEmpty)
        {
            return true;
        }

        if (!first)
        {
            output.WriteByte((byte)',');
        }

        first = false;
        output.Write(obj.Slice(nameStart, nameLength));
        output.WriteByte((byte)':');
        var value = obj[start..(int)reader.BytesConsumed];
        if (matches)
        {
            Value(isObject ? value : "{}"u8, path, json, output);
        }
        else
        {
            output.Write(value);
        }

        return matches;
    }

    private static void Value(ReadOnlySpan<byte> inner, ReadOnlySpan<byte[]> path, ReadOnlySpan<byte> json, ByteBuffer output)
    {
        if (path.Length == 1)
        {
            output.Write(json);
        }
        else
        {
            Patch(inner, path[1..], json, output);
        }
    }

    private static void Name(ReadOnlySpan<byte> name, ByteBuffer output, ref bool first)
    {
        if (!first)
        {
            output.WriteByte((byte)',');
        }

        first = false;
        JsonText.WriteString(output, name);
        output.WriteByte((byte)':');
    }

    /// <summary>Takes the reader from the beginning of an object to the value of a member; false when it has none of that name.</summary>
    public static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
