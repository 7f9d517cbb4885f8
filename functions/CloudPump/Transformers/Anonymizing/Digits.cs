using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>Numbers written with spaces and other signs between their digits.</summary>
internal static class Digits
{
    /// <summary>How many digits a text has; -1 when it has something else than digits and the signs of telephone and card numbers.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                count++;
            }
            else if (" -./()+"u8.IndexOf(b) < 0)
            {
                return -1;
            }
        }

        return count;
    }

    /// <summary>Whether the digits end with Luhn's check digit (ISO/IEC 7812-1).</summary>
    public static bool PassLuhn(ReadOnlySpan<byte> text)
    {
        var (sum, place) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is >= (byte)'0' and <= (byte)'9')
            {
                var digit = (text[i] - '0') << (place++ & 1);
                sum += digit > 9 ? digit - 9 : digit;
            }
        }

        return sum % 10 == 0;
    }

    /// <summary>Writes a number with its digits replaced by *, but for some at either end.</summary>
    public static void Mask(ReadOnlySpan<byte> text, int digits, int keepFirst, int keepLast, ByteBuffer result)
    {
        var place = 0;
        foreach (var b in text)
        {
            var isDigit = b is >= (byte)'0' and <= (byte)'9';
            result.WriteByte(!isDigit || place < keepFirst || place >= digits - keepLast ? b : (byte)'*');
            place += isDigit ? 1 : 0;
        }
    }
}
