namespace CloudPump.Events;

/// <summary>The grammar of numbers in JSON (RFC 8259, section 6).</summary>
public static class JsonNumber
{
    /// <summary>Whether the text is a number in JSON: it can stand in a field of kind Number and be written as it is.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..])
        {
            text = text[1..];
        }

        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (text is [(byte)'.', ..])
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(fraction + 1)..];
        }

        return text.IsEmpty || IsExponent(text);
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'e' or (byte)'E', ..])
        {
            return false;
        }

        text = text[1..];
        text = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        return text.Length > 0 && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var other = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? text.Length : other;
    }
}
