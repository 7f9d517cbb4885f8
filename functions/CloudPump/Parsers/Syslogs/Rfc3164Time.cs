using CloudPump.Events;

namespace CloudPump.Parsers.Syslogs;

/// <summary>
/// The time of RFC 3164, `Oct  1 22:14:15`: it is the one nearest to the time received, in the given zone. Known besides: a year after the day, a fraction after the seconds,
/// and times of RFC 3339. Where clocks are set forward a time that there is not counts by the offset before; where they are set back, by the standard one.
/// </summary>
internal sealed class Rfc3164Time(TimeZoneInfo zone)
{
    // The last 29 February may be eight years ago, after a century that is no leap year.
    private const int YearsBack = 8;

    /// <summary>Takes a time from the beginning of a text.</summary>
    public bool TryTake(ReadOnlySpan<byte> text, long received, out int used, out long ticks, out int nanos)
    {
        (ticks, nanos) = (0, 0);
        if (text.Length > 0 && text[0] is >= (byte)'0' and <= (byte)'9')
        {
            used = text.IndexOf((byte)' ');
            return used > 0 && TimestampText.TryParse(text[..used], out ticks, out nanos);
        }

        used = 0;
        if (!TryDay(ref text, ref used, out var month, out var day, out var year) || !TryClock(text, out var clock))
        {
            return false;
        }

        used += 8;
        var fraction = text.Length > 8 && text[8] == '.' ? Fraction(text[9..], ref used) : 0;
        (ticks, nanos) = (0, (int)(fraction % 100));
        clock += fraction / 100;
        return year > 0 ? TryTicks(year, month, day, clock, out ticks) : TryNearest(month, day, clock, received, out ticks);
    }

    private static bool TryDay(ref ReadOnlySpan<byte> text, ref int used, out int month, out int day, out int year)
    {
        (month, day, year) = (0, 0, 0);
        if (text.Length < 15 || text[3] != ' ')
        {
            return false;
        }

        var at = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(text[..3]);
        month = (at / 3) + 1;

        // `Oct  1` by the RFC; `Oct 01` and `Oct 1` are seen too.
        var length = text[5] == ' ' && text[4] != ' ' ? 1 : 2;
        day = length == 1 ? text[4] - '0' : ((text[4] == ' ' ? 0 : text[4] - '0') * 10) + text[5] - '0';
        if (at < 0 || at % 3 != 0 || day is < 1 or > 31 || text[4 + length] != ' ' || text[3 + length] is < (byte)'0' or > (byte)'9')
        {
            return false;
        }

        used = 5 + length;
        text = text[used..];
        if (text.Length > 5 && text[4] == ' ' && text[..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            year = (Two(text) * 100) + Two(text[2..]);
            text = text[5..];
            used += 5;
        }

        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':' || Two(text) is < 0 or > 23 || Two(text[3..]) is < 0 or > 59 || Two(text[6..]) is < 0 or > 60)
        {
            return false;
        }

        // A leap second counts as the second before it.
        ticks = ((((Two(text) * 60L) + Two(text[3..])) * 60) + Math.Min(Two(text[6..]), 59)) * TimeSpan.TicksPerSecond;
        return true;
    }

    // Nanoseconds; more digits are read over.
    private static long Fraction(ReadOnlySpan<byte> text, ref int used)
    {
        long value = 0;
        var digits = 0;
        for (; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            value = digits < 9 ? (value * 10) + text[digits] - '0' : value;
        }

        used += digits + 1;
        for (var missing = digits; missing < 9; missing++)
        {
            value *= 10;
        }

        return value;
    }

    private bool TryNearest(int month, int day, long clock, long received, out long ticks)
    {
        ticks = 0;
        var found = false;
        var now = new DateTime(received, DateTimeKind.Utc).Year;
        for (var year = now + 1; year >= now - YearsBack && (!found || year >= now - 1); year--)
        {
            if (TryTicks(year, month, day, clock, out var candidate) && (!found || Math.Abs(candidate - received) < Math.Abs(ticks - received)))
            {
                (ticks, found) = (candidate, true);
            }
        }

        return found;
    }

    private bool TryTicks(int year, int month, int day, long clock, out long ticks)
    {
        ticks = 0;
        if (year is < 1 or > 9999 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(clock);
        ticks = local.Ticks - zone.GetUtcOffset(local).Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static int Two(ReadOnlySpan<byte> text)
    {
        var (tens, ones) = ((uint)(text[0] - '0'), (uint)(text[1] - '0'));
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1;
    }
}
