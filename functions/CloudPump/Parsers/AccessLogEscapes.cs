namespace CloudPump.Parsers;

/// <summary>The escapes in quoted fields of access logs: \" and \\, and \xHH for other bytes (Apache's ap_escape_logitem, nginx's escape=default).</summary>
internal static class AccessLogEscapes
{
    /// <summary>Decodes; returns the length of the result, which is never longer than the input.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                output[length++] = text[i];
                continue;
            }

            var next = text[i + 1];
            if (next is (byte)'"' or (byte)'\\')
            {
                output[length++] = next;
                i++;
            }
            else if (next == 'x' && i + 3 < text.Length && char.IsAsciiHexDigit((char)text[i + 2]) && char.IsAsciiHexDigit((char)text[i + 3]))
            {
                output[length++] = (byte)((Hex(text[i + 2]) << 4) | Hex(text[i + 3]));
                i += 3;
            }
            else
            {
                output[length++] = text[i];
            }
        }

        return length;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
