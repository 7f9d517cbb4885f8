using CloudPump.Lookups.Geo;

namespace CloudPump.Transformers;

/// <summary>Tells how much of the beginning of a text is something personal; 0 when nothing is. All of it in one pass over the bytes, without Regex.</summary>
internal static class PersonalText
{
    private const int LongestNumber = 32;

    /// <summary>An e-mail address: the usual characters, an @, and a domain with a dot (RFC 5321, without quoted parts).</summary>
    public static int EmailLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && at < 65 && (IsWord(text[at]) || "._%+-'"u8.IndexOf(text[at]) >= 0))
        {
            at++;
        }

        if (at is 0 or 65 || at == text.Length || text[at] != '@')
        {
            return 0;
        }

        var end = at + 1;
        while (end < text.Length && (IsWord(text[end]) || text[end] is (byte)'.' or (byte)'-'))
        {
            end++;
        }

        // A full stop after an address ends the sentence.
        while (end > at && text[end - 1] is (byte)'.' or (byte)'-')
        {
            end--;
        }

        var domain = text[(at + 1)..Math.Max(end, at + 1)];
        var dot = domain.LastIndexOf((byte)'.');
        return dot > 0 && domain.Length - dot > 2 ? end : 0;
    }

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static int AddressLength(ReadOnlySpan<byte> text)
    {
        var end = 0;
        while (end < text.Length && end < 46 && (System.Text.Ascii.IsValid(text[end]) && (char.IsAsciiHexDigit((char)text[end]) || text[end] is (byte)'.' or (byte)':')))
        {
            end++;
        }

        // What ends a sentence, or comes before a port, belongs to no address.
        Span<byte> address = stackalloc byte[16];
        var candidate = text[..end];
        while (!IsAddress(candidate, address))
        {
            var cut = candidate.LastIndexOfAny((byte)'.', (byte)':');
            if (cut < 2)
            {
                return 0;
            }

            candidate = candidate[..cut];
        }

        return candidate.Length;
    }

    /// <summary>The number of a payment card: 13 to 19 digits, with spaces or hyphens between them, that end with Luhn's digit.</summary>
    public static int CardLength(ReadOnlySpan<byte> text)
    {
        var length = NumberLength(text, " -"u8, out var digits);
        return digits is >= 13 and <= 19 && Digits.PassLuhn(text[..length]) ? length : 0;
    }

    /// <summary>A telephone number: 7 to 15 digits that begin with +, 0 or a bracket.</summary>
    public static int PhoneLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'0' or (byte)'('))
        {
            return 0;
        }

        var length = NumberLength(text, " -/().+"u8, out var digits);
        return digits is >= 7 and <= 15 ? length : 0;
    }

    private static bool IsAddress(ReadOnlySpan<byte> text, Span<byte> room) =>
        (text.Count((byte)'.') == 3 || text.Count((byte)':') > 1) && AddressParser.TryParse(text, room, out _);

    private static int NumberLength(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signs, out int digits)
    {
        digits = 0;
        var (end, last) = (0, 0);
        for (; end < text.Length && end < LongestNumber; end++)
        {
            if (text[end] is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
                last = end + 1;
            }
            else if (signs.IndexOf(text[end]) < 0 || (end > last + 1))
            {
                break;
            }
        }

        // Letters behind it make it a code.
        return last < text.Length && IsWord(text[last]) ? digits = 0 : last;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b);
}
