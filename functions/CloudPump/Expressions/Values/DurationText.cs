using System.Buffers.Text;
using System.Globalization;

namespace CloudPump.Expressions;

/// <summary>Durations as text: reads `1h30m`, `1.5s`, `-20ms`; writes seconds, such as `5400s` or `1.5s`.</summary>
internal static class DurationText
{
    public const int MaxLength = 24;
    private const long Second = 1_000_000_000;

    public static int Write(Span<byte> output, long nanos)
    {
        var length = 0;
        var magnitude = nanos < 0 ? 0UL - (ulong)nanos : (ulong)nanos;
        if (nanos < 0)
        {
            output[length++] = (byte)'-';
        }

        Utf8Formatter.TryFormat(magnitude / Second, output[length..], out var written);
        length += written;
        var fraction = (long)(magnitude % Second);
        if (fraction > 0)
        {
            output[length++] = (byte)'.';
            for (var unit = Second / 10; fraction > 0; unit /= 10)
            {
                output[length++] = (byte)('0' + (fraction / unit));
                fraction %= unit;
            }
        }

        output[length] = (byte)'s';
        return length + 1;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.SequenceEqual("0"u8))
        {
            return true;
        }

        Int128 total = 0;
        var any = false;
        while (!text.IsEmpty)
        {
            if (!TryPart(ref text, out var part))
            {
                return false;
            }

            any = true;
            total += part;
        }

        total = negative ? -total : total;
        nanos = (long)Int128.Clamp(total, long.MinValue, long.MaxValue);
        return any && nanos == total;
    }

    private static bool TryPart(ref ReadOnlySpan<byte> text, out Int128 nanos)
    {
        nanos = 0;
        var digits = text.IndexOfAnyExcept("0123456789."u8);
        if (digits is <= 0 or > 40 || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        var unitLength = text[digits..].IndexOfAny("0123456789."u8);
        var unit = unitLength < 0 ? text[digits..] : text.Slice(digits, unitLength);
        var factor = UnitOf(unit);
        text = text[(digits + unit.Length)..];
        if (factor == 0 || amount > long.MaxValue)
        {
            return false;
        }

        nanos = (Int128)(decimal.Truncate(amount) * factor) + (Int128)(amount % 1m * factor);
        return true;
    }

    private static long UnitOf(ReadOnlySpan<byte> unit)
    {
        if (unit.SequenceEqual("ns"u8))
        {
            return 1;
        }

        if (unit.SequenceEqual("us"u8) || unit.SequenceEqual("µs"u8) || unit.SequenceEqual("μs"u8))
        {
            return 1_000;
        }

        if (unit.SequenceEqual("ms"u8))
        {
            return 1_000_000;
        }

        return unit.Length != 1 ? 0 : unit[0] switch
        {
            (byte)'s' => Second,
            (byte)'m' => 60 * Second,
            (byte)'h' => 3600 * Second,
            (byte)'d' => 86_400 * Second,
            _ => 0,
        };
    }
}
