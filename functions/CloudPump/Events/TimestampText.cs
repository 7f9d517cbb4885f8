using System.Globalization;
using System.Text;

namespace CloudPump.Events;

/// <summary>Timestamps as RFC 3339 text in UTC, with as many fraction digits as there are (up to nine).</summary>
public static class TimestampText
{
    /// <summary>The longest text: 2026-10-10T13:55:36.123456789Z.</summary>
    public const int MaxLength = 30;

    /// <summary>Writes a timestamp; returns how many bytes were written.</summary>
    /// <param name="output">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="ticks">UTC ticks of 100 ns.</param>
    /// <param name="nanos">The 0 to 99 ns beyond the ticks.</param>
    public static int Write(Span<byte> output, long ticks, int nanos = 0)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        var (year, month, day) = (time.Year, time.Month, time.Day);
        TwoDigits(output, year / 100);
        TwoDigits(output[2..], year % 100);
        output[4] = (byte)'-';
        TwoDigits(output[5..], month);
        output[7] = (byte)'-';
        TwoDigits(output[8..], day);
        output[10] = (byte)'T';
        TwoDigits(output[11..], time.Hour);
        output[13] = (byte)':';
        TwoDigits(output[14..], time.Minute);
        output[16] = (byte)':';
        TwoDigits(output[17..], time.Second);
        var length = WriteFraction(output, ((int)(ticks % TimeSpan.TicksPerSecond) * 100) + nanos);
        output[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>The text of a timestamp.</summary>
    public static string Format(long ticks, int nanos = 0)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(buffer[..Write(buffer, ticks, nanos)]);
    }

    /// <summary>Reads RFC 3339 (`2026-10-10T13:55:36.5+02:00`, `t`, `z` and a space allowed); false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks, out int nanos)
    {
        ticks = 0;
        nanos = 0;
        if (text.Length is < 20 or > 40 || !TryDate(text, out var date))
        {
            return false;
        }

        var rest = text[19..];
        if (rest[0] == '.' && !TryFraction(ref rest, ref date, out nanos))
        {
            return false;
        }

        if (!TryZone(rest, out var offset))
        {
            return false;
        }

        ticks = date - offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
        {
            return false;
        }

        Span<char> chars = stackalloc char[19];
        for (var i = 0; i < 19; i++)
        {
            chars[i] = (char)text[i];
        }

        chars[10] = 'T';
        var ok = DateTime.TryParseExact(chars, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        ticks = date.Ticks;
        return ok;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, ref long ticks, out int nanos)
    {
        long value = 0;
        var digits = 0;
        var i = 1;
        for (; i < rest.Length && rest[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            if (digits < 9)
            {
                value = (value * 10) + rest[i] - '0';
                digits++;
            }
        }

        for (var d = digits; d < 9; d++)
        {
            value *= 10;
        }

        rest = rest[i..];
        ticks += value / 100;
        nanos = (int)(value % 100);
        return digits > 0 && !rest.IsEmpty;
    }

    private static bool TryZone(ReadOnlySpan<byte> rest, out long offset)
    {
        offset = 0;
        if (rest.Length == 1)
        {
            return rest[0] is (byte)'Z' or (byte)'z';
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !TryTwoDigits(rest[1..], 23, out var hours) || !TryTwoDigits(rest[4..], 59, out var minutes))
        {
            return false;
        }

        offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, int max, out int value)
    {
        value = ((text[0] - '0') * 10) + text[1] - '0';
        return text[0] is >= (byte)'0' and <= (byte)'9' && text[1] is >= (byte)'0' and <= (byte)'9' && value <= max;
    }

    private static int WriteFraction(Span<byte> output, int nanos)
    {
        if (nanos == 0)
        {
            return 19;
        }

        output[19] = (byte)'.';
        var length = 20;
        for (var unit = 100_000_000; nanos > 0; unit /= 10)
        {
            output[length++] = (byte)('0' + (nanos / unit));
            nanos %= unit;
        }

        return length;
    }

    private static void TwoDigits(Span<byte> output, int value)
    {
        output[0] = (byte)('0' + (value / 10));
        output[1] = (byte)('0' + (value % 10));
    }

}
