using System.Globalization;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>The parsing canonical form of a schema and its CRC-64-AVRO fingerprint (specification 1.12, "Parsing Canonical Form for Schemas").</summary>
internal static class AvroCanonicalForm
{
    private const ulong Empty = 0xc15d213aa4d7a795;
    private static readonly ulong[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>The canonical form as UTF-8.</summary>
    public static byte[] Of(AvroSchema schema)
    {
        var output = new ByteBuffer(1_024);
        Write(output, schema, []);
        return output.Written.ToArray();
    }

    /// <summary>The 64-bit Rabin fingerprint of the canonical form, as single-object encoding has it.</summary>
    public static long Fingerprint(AvroSchema schema)
    {
        var fingerprint = Empty;
        foreach (var b in Of(schema))
        {
            fingerprint = (fingerprint >> 8) ^ Table[(byte)(fingerprint ^ b)];
        }

        return (long)fingerprint;
    }

    private static ulong Entry(int index)
    {
        var value = (ulong)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value >> 1) ^ (Empty & (ulong)-(long)(value & 1));
        }

        return value;
    }

    private static void Write(ByteBuffer output, AvroSchema schema, HashSet<string> known)
    {
        switch (schema.Type)
        {
            case AvroType.Union:
                List(output, "["u8, schema.Items, s => Write(output, s, known));
                break;
            case AvroType.Array or AvroType.Map:
                output.Write(schema.Type == AvroType.Array ? "{\"type\":\"array\",\"items\":"u8 : "{\"type\":\"map\",\"values\":"u8);
                Write(output, schema.Items[0], known);
                output.WriteByte((byte)'}');
                break;
            case AvroType.Record or AvroType.Enum or AvroType.Fixed when known.Add(schema.Name):
                Named(output, schema, known);
                break;
            default:
                Text(output, schema.Name.Length > 0 ? schema.Name : schema.TypeName);
                break;
        }
    }

    private static void Named(ByteBuffer output, AvroSchema schema, HashSet<string> known)
    {
        output.Write("{\"name\":"u8);
        Text(output, schema.Name);
        output.Write(",\"type\":"u8);
        Text(output, schema.TypeName);
        switch (schema.Type)
        {
            case AvroType.Record:
                List(output, ",\"fields\":["u8, schema.Fields, f => Field(output, f, known));
                break;
            case AvroType.Enum:
                List(output, ",\"symbols\":["u8, schema.Symbols, s => Text(output, s));
                break;
            default:
                output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"size\":{schema.Size}")));
                break;
        }

        output.WriteByte((byte)'}');
    }

    private static void Field(ByteBuffer output, AvroField field, HashSet<string> known)
    {
        output.Write("{\"name\":"u8);
        Text(output, field.Name);
        output.Write(",\"type\":"u8);
        Write(output, field.Schema, known);
        output.WriteByte((byte)'}');
    }

    private static void List<T>(ByteBuffer output, ReadOnlySpan<byte> open, IReadOnlyList<T> items, Action<T> write)
    {
        output.Write(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                output.WriteByte((byte)',');
            }

            write(items[i]);
        }

        output.WriteByte((byte)']');
    }

    private static void Text(ByteBuffer output, string text) => JsonText.WriteString(output, Encoding.UTF8.GetBytes(text));
}
