using System.Text;

namespace CloudPump.Expressions;

/// <summary>Time zones by IANA name (`Europe/Prague`) or as an offset (`+02:00`, `-02:30`, `02:00`).</summary>
internal static class TimeZones
{
    /// <summary>How far the zone is ahead of UTC at a point in time, in ticks.</summary>
    public static bool TryOffset(ReadOnlySpan<byte> zone, long utcTicks, out long offset)
    {
        offset = 0;
        if (zone.SequenceEqual("UTC"u8))
        {
            return true;
        }

        if (TryFixed(zone, out offset))
        {
            return true;
        }

        // The runtime keeps the zones it has loaded.
        if (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(Encoding.UTF8.GetString(zone), out var found))
        {
            return false;
        }

        offset = found.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
        return true;
    }

    private static bool TryFixed(ReadOnlySpan<byte> zone, out long offset)
    {
        offset = 0;
        var sign = zone.Length > 0 && zone[0] == '-' ? -1 : 1;
        var digits = zone.Length > 0 && zone[0] is (byte)'-' or (byte)'+' ? zone[1..] : zone;
        if (digits.Length != 5 || digits[2] != ':' || !IsDigits(digits[..2]) || !IsDigits(digits[3..]))
        {
            return false;
        }

        var hours = ((digits[0] - '0') * 10) + digits[1] - '0';
        var minutes = ((digits[3] - '0') * 10) + digits[4] - '0';
        offset = sign * ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        return hours < 24 && minutes < 60;
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
