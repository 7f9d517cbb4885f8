using System.Buffers;
using System.Text;

namespace CloudPump.Events;

/// <summary>JSON text from UTF-8 bytes (RFC 8259): only what must be escaped is escaped.</summary>
public static class JsonText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <summary>Whether the text can stand between quotes as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => utf8.IndexOfAny(Escaped) < 0;

    /// <summary>Writes a quoted string; bytes that are not UTF-8 become U+FFFD.</summary>
    public static void WriteString(ByteBuffer output, ReadOnlySpan<byte> utf8)
    {
        output.WriteByte((byte)'"');
        var special = utf8.IndexOfAny(Escaped);
        while (special >= 0)
        {
            output.Write(utf8[..special]);
            WriteEscape(output, utf8[special]);
            utf8 = utf8[(special + 1)..];
            special = utf8.IndexOfAny(Escaped);
        }

        output.Write(utf8);
        output.WriteByte((byte)'"');
    }

    /// <summary>Writes a quoted string of bytes that may be anything: what is not UTF-8 becomes U+FFFD.</summary>
    public static void WriteUntrusted(ByteBuffer output, ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            WriteString(output, bytes);
        }
        else
        {
            WriteString(output, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)));
        }
    }

    private static void WriteEscape(ByteBuffer output, byte b)
    {
        switch (b)
        {
            case (byte)'"': output.Write("\\\""u8); break;
            case (byte)'\\': output.Write("\\\\"u8); break;
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'\t': output.Write("\\t"u8); break;
            case (byte)'\b': output.Write("\\b"u8); break;
            case (byte)'\f': output.Write("\\f"u8); break;
            default:
                output.Write("\\u00"u8);
                output.WriteByte((byte)(b < 16 ? '0' : '1'));
                output.WriteByte((byte)"0123456789abcdef"[b & 15]);
                break;
        }
    }
}
