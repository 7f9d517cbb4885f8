using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Digits of half a byte each.</summary>
internal static class LayoutDigits
{
    private const int Filler = 15;

    /// <summary>BCD, and TBCD (3GPP TS 29.002: the first digit in the lower half, F after the last one, and * # a b c as 10 to 14).</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, bool isTelephony, ByteBuffer scratch, ref LayoutValue value)
    {
        var text = scratch.GetSpan(bytes.Length * 2);
        var (length, ended) = (0, false);
        foreach (var b in bytes)
        {
            for (var half = 0; half < 2; half++)
            {
                var digit = (half == 0) == isTelephony ? b & 15 : b >> 4;
                if (digit == Filler)
                {
                    ended = true;
                    continue;
                }

                if (ended || (digit > 9 && !isTelephony))
                {
                    return ended ? "has a digit after the filler" : "has a half byte that is no digit";
                }

                text[length++] = "0123456789*#abc"u8[digit];
            }
        }

        scratch.Advance(length);
        value.SetText(FieldKind.PlainString, scratch.Written);
        return null;
    }

    /// <summary>MCC and MNC as text of five or six digits (3GPP TS 24.008, 10.5.1.13: MCC2 MCC1, MNC3 MCC3, MNC2 MNC1; an MNC of two digits has F as its third).</summary>
    public static string? Plmn(ReadOnlySpan<byte> bytes, ByteBuffer scratch, ref LayoutValue value)
    {
        if (bytes.Length != 3)
        {
            return $"has {bytes.Length} bytes; a PLMN has 3";
        }

        ReadOnlySpan<int> digits = [bytes[0] & 15, bytes[0] >> 4, bytes[1] & 15, bytes[2] & 15, bytes[2] >> 4, bytes[1] >> 4];
        var length = digits[5] == Filler ? 5 : 6;
        var text = scratch.GetSpan(length);
        for (var i = 0; i < length; i++)
        {
            if (digits[i] > 9)
            {
                return "has a half byte that is no digit";
            }

            text[i] = (byte)('0' + digits[i]);
        }

        scratch.Advance(length);
        value.SetText(FieldKind.PlainString, scratch.Written);
        return null;
    }
}
