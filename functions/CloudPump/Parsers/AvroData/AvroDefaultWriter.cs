using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Writes defaults, which schemas give as JSON, in binary form (specification 1.12, "Complex Types", table of default values).</summary>
internal static class AvroDefaultWriter
{
    /// <summary>A default's binary form.</summary>
    /// <exception cref="AvroSchemaException">It is no value of the type.</exception>
    public static byte[] Bytes(AvroSchema schema, JsonElement value, string place)
    {
        var output = new ByteBuffer(64);
        return TryWrite(output, schema, value, 0) ? output.Written.ToArray() : throw new AvroSchemaException($"{place}: the default is no {schema.Display}.");
    }

    private static bool TryWrite(ByteBuffer output, AvroSchema schema, JsonElement value, int depth)
    {
        if (depth > AvroCursor.MostDeep)
        {
            return false;
        }

        switch (schema.Type)
        {
            case AvroType.Null:
                return value.ValueKind == JsonValueKind.Null;
            case AvroType.Boolean:
                output.WriteByte(value.ValueKind == JsonValueKind.True ? (byte)1 : (byte)0);
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False;
            case AvroType.Int or AvroType.Long or AvroType.Float or AvroType.Double:
                return value.ValueKind == JsonValueKind.Number && TryNumber(output, schema.Type, value);
            case AvroType.Bytes or AvroType.Fixed or AvroType.String or AvroType.Enum:
                return value.ValueKind == JsonValueKind.String && TryText(output, schema, value.GetString()!);
            case AvroType.Array:
                return value.ValueKind == JsonValueKind.Array && TryArray(output, schema.Items[0], value, depth);
            case AvroType.Map:
                return value.ValueKind == JsonValueKind.Object && TryMap(output, schema.Items[0], value, depth);
            case AvroType.Union:
                return TryUnion(output, schema, value, depth);
            default:
                return value.ValueKind == JsonValueKind.Object && schema.Fields.TrueForAll(f => TryField(output, f, value, depth));
        }
    }

    private static bool TryNumber(ByteBuffer output, AvroType type, JsonElement value)
    {
        if (type is AvroType.Int or AvroType.Long)
        {
            var ok = value.TryGetInt64(out var number) && (type == AvroType.Long || number == (int)number);
            output.WriteSigned(number);
            return ok;
        }

        if (type == AvroType.Float)
        {
            BinaryPrimitives.WriteSingleLittleEndian(output.GetSpan(4), (float)value.GetDouble());
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), value.GetDouble());
        }

        output.Advance(type == AvroType.Float ? 4 : 8);
        return true;
    }

    // Bytes stand in JSON as characters of the same numbers.
    private static bool TryText(ByteBuffer output, AvroSchema schema, string text)
    {
        if (schema.Type == AvroType.Enum)
        {
            var index = schema.Symbols.ToList().IndexOf(text);
            output.WriteSigned(index);
            return index >= 0;
        }

        var bytes = schema.Type == AvroType.String ? Encoding.UTF8.GetBytes(text) : Encoding.Latin1.GetBytes(text);
        if (schema.Type != AvroType.Fixed)
        {
            output.WriteSigned(bytes.Length);
        }

        output.Write(bytes);
        return schema.Type == AvroType.String || (text.All(c => c < 256) && (schema.Type == AvroType.Bytes || bytes.Length == schema.Size));
    }

    private static bool TryArray(ByteBuffer output, AvroSchema item, JsonElement value, int depth)
    {
        if (value.GetArrayLength() > 0)
        {
            output.WriteSigned(value.GetArrayLength());
        }

        var ok = value.EnumerateArray().All(i => TryWrite(output, item, i, depth + 1));
        output.WriteSigned(0);
        return ok;
    }

    private static bool TryMap(ByteBuffer output, AvroSchema item, JsonElement value, int depth)
    {
        foreach (var entry in value.EnumerateObject())
        {
            output.WriteSigned(1);
            TryText(output, new AvroSchema(AvroType.String), entry.Name);
            if (!TryWrite(output, item, entry.Value, depth + 1))
            {
                return false;
            }
        }

        output.WriteSigned(0);
        return true;
    }

    // Before version 1.12 of the specification only the first branch could be meant; now the first that fits.
    private static bool TryUnion(ByteBuffer output, AvroSchema union, JsonElement value, int depth)
    {
        var start = output.Length;
        for (var i = 0; i < union.Items.Count; i++)
        {
            output.WriteSigned(i);
            if (TryWrite(output, union.Items[i], value, depth + 1))
            {
                return true;
            }

            output.Truncate(start);
        }

        return false;
    }

    private static bool TryField(ByteBuffer output, AvroField field, JsonElement record, int depth) =>
        record.TryGetProperty(field.Name, out var value) ? TryWrite(output, field.Schema, value, depth + 1)
            : field.Default is { } other && TryWrite(output, field.Schema, other, depth + 1);
}
