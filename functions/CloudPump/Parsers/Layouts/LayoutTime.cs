using CloudPump.Events;

namespace CloudPump.Parsers.Layouts;

/// <summary>Times of binary records.</summary>
internal static class LayoutTime
{
    private const string OutOfRange = "is a time outside the years 1 to 9999";
    private static readonly long Ntp = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Reads a time; returns what is wrong, or null.</summary>
    public static string? Read(LayoutItem item, ReadOnlySpan<byte> bytes, ref LayoutValue value)
    {
        if (item.Unit == LayoutUnit.Bcd)
        {
            return Bcd(bytes, ref value);
        }

        if (bytes.Length is < 1 or > 8 || (item.Unit == LayoutUnit.Ntp && bytes.Length != 8))
        {
            return $"is a time of {bytes.Length} bytes; it takes {(item.Unit == LayoutUnit.Ntp ? "8" : "1 to 8")}";
        }

        var number = LayoutScalars.Unsigned(bytes, item.IsLittle);
        if (item.Unit == LayoutUnit.Ntp)
        {
            FromNtp(number, ref value);
            return null;
        }

        var perUnit = item.Unit switch { LayoutUnit.Seconds => TimeSpan.TicksPerSecond, LayoutUnit.Millis => TimeSpan.TicksPerMillisecond, _ => TimeSpan.TicksPerMicrosecond };
        var ticks = ((UInt128)number * (ulong)perUnit) + (ulong)DateTime.UnixEpoch.Ticks;
        value.SetNumber(FieldKind.Timestamp, (long)ticks);
        return ticks <= (ulong)DateTime.MaxValue.Ticks ? null : OutOfRange;
    }

    // RFC 5905, section 6: the seconds begin anew in 2036; a time whose highest bit is 0 is after that.
    private static void FromNtp(ulong number, ref LayoutValue value)
    {
        var seconds = (long)(number >> 32);
        seconds += seconds < 0x8000_0000 ? 0x1_0000_0000 : 0;
        var nanos = (long)(((number & uint.MaxValue) * 1_000_000_000) >> 32);
        value.SetNumber(FieldKind.Timestamp, Ntp + (seconds * TimeSpan.TicksPerSecond) + (nanos / 100), (int)(nanos % 100));
    }

    private static string? Bcd(ReadOnlySpan<byte> bytes, ref LayoutValue value)
    {
        if (bytes.Length is not (6 or 7 or 9))
        {
            return $"is a time of {bytes.Length} bytes; in BCD it takes 6, 7 or 9";
        }

        var date = bytes.Length == 7 ? bytes[1..] : bytes;
        var year = Two(date[0]) + (bytes.Length == 7 ? Two(bytes[0]) * 100 : 2_000);
        var (month, day, hour, minute, second) = (Two(date[1]), Two(date[2]), Two(date[3]), Two(date[4]), Two(date[5]));
        if (year is < 1 or > 9999 || Two(date[0]) < 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return "holds no time in BCD";
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        if (bytes.Length == 9)
        {
            var (zoneHour, zoneMinute) = (Two(bytes[7]), Two(bytes[8]));
            if (bytes[6] is not ((byte)'+' or (byte)'-') || zoneHour is < 0 or > 23 || zoneMinute is < 0 or > 59)
            {
                return "holds no time zone of the form +hhmm";
            }

            ticks -= ((zoneHour * 60L) + zoneMinute) * TimeSpan.TicksPerMinute * (bytes[6] == '-' ? -1 : 1);
        }

        value.SetNumber(FieldKind.Timestamp, ticks);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? null : OutOfRange;
    }

    private static int Two(byte b) => b >> 4 <= 9 && (b & 15) <= 9 ? ((b >> 4) * 10) + (b & 15) : -10_000;
}
