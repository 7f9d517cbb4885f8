using System.Buffers.Text;
using System.Text;
using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Writes fields as members of JSON objects.</summary>
internal static class LayoutJson
{
    /// <summary>A name as it begins a member.</summary>
    public static byte[] Prefix(string name)
    {
        var prefix = new ByteBuffer(64);
        JsonText.WriteString(prefix, Encoding.UTF8.GetBytes(name));
        prefix.WriteByte((byte)':');
        return prefix.Written.ToArray();
    }

    /// <summary>A member's name, after a comma where one is needed.</summary>
    public static void Name(ByteBuffer json, ReadOnlySpan<byte> prefix)
    {
        if (json.Written[^1] is not ((byte)'{' or (byte)'['))
        {
            json.WriteByte((byte)',');
        }

        json.Write(prefix);
    }

    /// <summary>A value.</summary>
    public static void Value(ByteBuffer json, in LayoutValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Int64:
                EventJsonWriter.WriteInt64(json, value.Number);
                break;
            case FieldKind.Timestamp:
                json.WriteByte((byte)'"');
                json.Advance(TimestampText.Write(json.GetSpan(TimestampText.MaxLength), value.Number, value.Nanos));
                json.WriteByte((byte)'"');
                break;
            case FieldKind.Object:
                json.Write(value.Text);
                break;
            case FieldKind.Bytes:
                json.WriteByte((byte)'"');
                Base64.EncodeToUtf8(value.Text, json.GetSpan(Base64.GetMaxEncodedToUtf8Length(value.Text.Length)), out _, out var written);
                json.Advance(written);
                json.WriteByte((byte)'"');
                break;
            default:
                JsonText.WriteString(json, value.Text);
                break;
        }
    }

    /// <summary>Named bits as an object: true and false, and numbers for ranges.</summary>
    public static void WriteBits(IReadOnlyList<LayoutBits> bits, ulong number, ByteBuffer json)
    {
        json.WriteByte((byte)'{');
        for (var i = 0; i < bits.Count; i++)
        {
            Name(json, bits[i].Prefix);
            var value = number >> bits[i].First;
            if (bits[i].Width == 1)
            {
                json.Write((value & 1) != 0 ? "true"u8 : "false"u8);
            }
            else
            {
                EventJsonWriter.WriteInt64(json, (long)(value & ((1UL << bits[i].Width) - 1)));
            }
        }

        json.WriteByte((byte)'}');
    }
}
