using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CloudPump.Expressions;

/// <summary>A time zone by IANA name (`Europe/Prague`) or as an offset (`+02:00`, `-02:30`, `02:00`).</summary>
internal sealed class Zone
{
    private readonly TimeZoneInfo? _zone;
    private readonly long _fixed;

    private Zone(TimeZoneInfo? zone, long offset)
    {
        _zone = zone;
        _fixed = offset;
    }

    /// <summary>UTC.</summary>
    public static Zone Utc { get; } = new(null, 0);

    /// <summary>Finds a zone, to be used for many times.</summary>
    public static bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Zone? zone)
    {
        zone = name.SequenceEqual("UTC"u8) ? Utc : TryFixed(name, out var offset) ? new Zone(null, offset) : null;

        // The runtime keeps the zones it has loaded.
        if (zone is null && name.Length is > 0 and <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(Encoding.UTF8.GetString(name), out var found))
        {
            zone = new Zone(found, 0);
        }

        return zone is not null;
    }

    /// <summary>How far a zone is ahead of UTC at a point in time, in ticks.</summary>
    public static bool TryOffset(ReadOnlySpan<byte> name, long utcTicks, out long offset)
    {
        offset = 0;
        if (name.SequenceEqual("UTC"u8) || TryFixed(name, out offset))
        {
            return true;
        }

        var isThere = TryFind(name, out var zone);
        offset = zone?.OffsetAt(utcTicks) ?? 0;
        return isThere;
    }

    /// <summary>How far the zone is ahead of UTC at a point in time, in ticks.</summary>
    public long OffsetAt(long utcTicks) => _zone is null ? _fixed : _zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;

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
