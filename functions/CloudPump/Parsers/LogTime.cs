namespace CloudPump.Parsers;

/// <summary>The time of the common log format, `10/Oct/2026:13:55:36 +0000`. The last text and the last day are kept: logs repeat both.</summary>
internal sealed class LogTime
{
    private const int Length = 26;
    private readonly byte[] _last = new byte[Length];
    private readonly byte[] _lastDay = new byte[11];
    private long _lastTicks = -1;
    private long _lastDayTicks = -1;

    /// <summary>Reads a time as UTC ticks.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = _lastTicks;
        if (_lastTicks >= 0 && text.SequenceEqual(_last))
        {
            return true;
        }

        if (text.Length != Length || text[11] != ':' || text[14] != ':' || text[17] != ':' || text[20] != ' ' || !TryDay(text[..11], out var day)
            || !Two(text, 12, 23, out var hour) || !Two(text, 15, 59, out var minute) || !Two(text, 18, 60, out var second)
            || text[21] is not ((byte)'+' or (byte)'-') || !Two(text, 22, 23, out var zoneHour) || !Two(text, 24, 59, out var zoneMinute))
        {
            return false;
        }

        // A leap second counts as the second before it.
        var seconds = (hour * 3600L) + (minute * 60) + Math.Min(second, 59);
        var zone = ((zoneHour * 60) + zoneMinute) * (text[21] == '-' ? -60L : 60L);
        ticks = day + ((seconds - zone) * TimeSpan.TicksPerSecond);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        text.CopyTo(_last);
        _lastTicks = ticks;
        return true;
    }

    private bool TryDay(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = _lastDayTicks;
        if (_lastDayTicks >= 0 && text.SequenceEqual(_lastDay))
        {
            return true;
        }

        var month = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(text.Slice(3, 3));
        if (text[2] != '/' || text[6] != '/' || month < 0 || month % 3 != 0
            || !Two(text, 0, 31, out var day) || !Two(text, 7, 99, out var century) || !Two(text, 9, 99, out var year))
        {
            return false;
        }

        year += century * 100;
        if (year == 0 || day == 0 || day > DateTime.DaysInMonth(year, (month / 3) + 1))
        {
            return false;
        }

        ticks = new DateTime(year, (month / 3) + 1, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        text.CopyTo(_lastDay);
        _lastDayTicks = ticks;
        return true;
    }

    private static bool Two(ReadOnlySpan<byte> text, int at, int max, out int value)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9 && value <= max;
    }
}
