using System.Buffers.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Values as JSON text.</summary>
public static class ValueJson
{
    /// <summary>
    /// Writes a value: timestamps as RFC 3339, bytes as base64, durations such as "1.5s", NaN and infinities as strings; an error as null.
    /// </summary>
    public static void Write(ByteBuffer output, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool:
                output.Write(value.AsBool ? "true"u8 : "false"u8);
                break;
            case ValueKind.Int:
                Utf8Formatter.TryFormat(value.AsInt, output.GetSpan(20), out var used);
                output.Advance(used);
                break;
            case ValueKind.UInt:
                Utf8Formatter.TryFormat(value.AsUInt, output.GetSpan(20), out used);
                output.Advance(used);
                break;
            case ValueKind.Double:
                WriteDouble(output, value.AsDouble);
                break;
            case ValueKind.String:
                JsonText.WriteUntrusted(output, value.Bytes);
                break;
            case ValueKind.List or ValueKind.Map:
                WriteContainer(output, value);
                break;
            case ValueKind.Null or ValueKind.Error:
                output.Write("null"u8);
                break;
            default:
                WriteQuoted(output, value);
                break;
        }
    }

    private static void WriteDouble(ByteBuffer output, double value)
    {
        Span<byte> text = stackalloc byte[NumberText.MaxLength + 2];
        var length = NumberText.Write(text, value);
        if (!double.IsFinite(value))
        {
            JsonText.WriteString(output, text[..length]);
            return;
        }

        output.Write(text[..length]);
        if (text[..length].IndexOfAny(".e"u8) < 0)
        {
            // It must read back as a double.
            output.Write(".0"u8);
        }
    }

    private static void WriteQuoted(ByteBuffer output, in Value value)
    {
        output.WriteByte((byte)'"');
        switch (value.Kind)
        {
            case ValueKind.Timestamp:
                output.Advance(TimestampText.Write(output.GetSpan(TimestampText.MaxLength), value.Ticks, value.Nanos));
                break;
            case ValueKind.Duration:
                output.Advance(DurationText.Write(output.GetSpan(DurationText.MaxLength), value.DurationNanos));
                break;
            case ValueKind.Type:
                output.Write(System.Text.Encoding.ASCII.GetBytes(TypeNames.Of((ValueKind)value.AsInt)));
                break;
            default:
                var bytes = value.Bytes;
                Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
                output.Advance(written);
                break;
        }

        output.WriteByte((byte)'"');
    }

    private static void WriteContainer(ByteBuffer output, in Value value)
    {
        if (value.IsJson)
        {
            output.Write(value.Bytes);
            return;
        }

        var isMap = value.Kind == ValueKind.Map;
        output.WriteByte((byte)(isMap ? '{' : '['));
        var walker = new Walker(value);
        for (var first = true; walker.NextMade(out var key, out var item); first = false)
        {
            if (!first)
            {
                output.WriteByte((byte)',');
            }

            if (isMap)
            {
                WriteKey(output, key);
            }

            Write(output, item);
        }

        output.WriteByte((byte)(isMap ? '}' : ']'));
    }

    private static void WriteKey(ByteBuffer output, in Value key)
    {
        if (key.Kind == ValueKind.String)
        {
            Write(output, key);
        }
        else
        {
            // JSON knows only strings as keys.
            output.WriteByte((byte)'"');
            Write(output, key);
            output.WriteByte((byte)'"');
        }

        output.WriteByte((byte)':');
    }
}
