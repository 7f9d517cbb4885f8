using System.Globalization;

namespace CloudPump.Pipelines;

/// <summary>Durations as they stand in pipeline files: `500ms`, `30s`, `5m`, `1h`, `7d`, and sums such as `1h30m`.</summary>
public static class Duration
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads a duration; false when the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        var total = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryPart(ref rest, ref total))
            {
                return false;
            }
        }

        if (text.Trim().Length == 0 || total > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)total);
        return true;
    }

    /// <summary>Writes a duration as <see cref="TryParse"/> reads it.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        // Below a millisecond there is no unit: 0.5ms.
        var (unit, ticks) = Units.Reverse().FirstOrDefault(u => duration.Ticks % u.Ticks == 0, Units[0]);
        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)duration.Ticks / ticks}{unit}");
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, ref decimal total)
    {
        var digits = rest.IndexOfAnyExcept("0123456789.");
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        var letters = rest.IndexOfAny("0123456789.");
        var unit = (letters < 0 ? rest : rest[..letters]).ToString();
        var ticks = Units.FirstOrDefault(u => u.Unit == unit).Ticks;
        rest = letters < 0 ? default : rest[letters..];
        if (ticks == 0 || number > 100_000_000_000m)
        {
            return false;
        }

        total += number * ticks;
        return true;
    }
}
