using System.Text;

namespace CloudPump.Parsers.AccessLogs;

/// <summary>A time format of strftime with parts that tell their own end: %Y %m %d %e %b %H %M %S %z %F %T %% and text. Without %z a time is UTC.</summary>
internal sealed class Strftime
{
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private readonly string _parts;

    private Strftime(string parts) => _parts = parts;

    /// <summary>Reads a format.</summary>
    /// <exception cref="LogFormatException">It has an unknown part, or no date.</exception>
    public static Strftime Read(string format, int offset)
    {
        var parts = format.Replace("%F", "%Y-%m-%d", StringComparison.Ordinal).Replace("%T", "%H:%M:%S", StringComparison.Ordinal);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!char.IsAscii(parts[i]) || (parts[i] == '%' && (++i == parts.Length || !"YmdebHMSz%".Contains(parts[i], StringComparison.Ordinal))))
            {
                throw new LogFormatException("A time's format takes sec, msec, usec, or %Y %m %d %e %b %H %M %S %z %F %T and ASCII text", offset);
            }
        }

        return parts.Contains("%Y", StringComparison.Ordinal) && (parts.Contains("%m", StringComparison.Ordinal) || parts.Contains("%b", StringComparison.Ordinal))
            ? new Strftime(parts)
            : throw new LogFormatException("A time's format must have at least the year and the month (%Y, %m or %b)", offset);
    }

    /// <summary>Reads a time at the beginning of a text: UTC ticks, and how long it is.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long ticks, out int length)
    {
        Span<int> values = stackalloc int[7];
        values.Clear();
        (values[1], values[2]) = (1, 1);
        var rest = text;
        (ticks, length) = (0, 0);
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i] == '%' ? !TryPart(_parts[++i], ref rest, values) : !TryLiteral(_parts[i], ref rest))
            {
                return false;
            }
        }

        length = text.Length - rest.Length;
        return TryTicks(values, out ticks);
    }

    private static bool TryTicks(ReadOnlySpan<int> values, out long ticks)
    {
        ticks = 0;
        if (values[0] == 0 || values[1] is < 1 or > 12 || values[2] < 1 || values[2] > DateTime.DaysInMonth(values[0], values[1]) || values[3] > 23 || values[4] > 59 || values[5] > 60)
        {
            return false;
        }

        // A leap second counts as the second before it.
        ticks = new DateTime(values[0], values[1], values[2], values[3], values[4], Math.Min(values[5], 59), DateTimeKind.Utc).Ticks - (values[6] * TimeSpan.TicksPerMinute);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryLiteral(char literal, ref ReadOnlySpan<byte> text)
    {
        var ok = !text.IsEmpty && text[0] == literal;
        text = ok ? text[1..] : text;
        return ok;
    }

    private static bool TryPart(char part, ref ReadOnlySpan<byte> text, scoped Span<int> values) => part switch
    {
        'Y' => TryDigits(ref text, 4, ref values[0]),
        'm' => TryDigits(ref text, 2, ref values[1]),
        'd' => TryDigits(ref text, 2, ref values[2]),
        'e' => TryLiteral(' ', ref text) ? TryDigits(ref text, 1, ref values[2]) : TryDigits(ref text, 2, ref values[2]),
        'b' => TryMonth(ref text, ref values[1]),
        'H' => TryDigits(ref text, 2, ref values[3]),
        'M' => TryDigits(ref text, 2, ref values[4]),
        'S' => TryDigits(ref text, 2, ref values[5]),
        'z' => TryZone(ref text, ref values[6]),
        _ => TryLiteral('%', ref text),
    };

    private static bool TryMonth(ref ReadOnlySpan<byte> text, ref int value)
    {
        Span<char> name = stackalloc char[3];
        if (text.Length < 3 || Encoding.Latin1.GetChars(text[..3], name) != 3 || Months.AsSpan().IndexOf(name) is var at && (at < 0 || at % 3 != 0))
        {
            return false;
        }

        value = (at / 3) + 1;
        text = text[3..];
        return true;
    }

    private static bool TryZone(ref ReadOnlySpan<byte> text, ref int minutes)
    {
        var negative = TryLiteral('-', ref text);
        var (hour, minute) = (0, 0);
        if ((!negative && !TryLiteral('+', ref text)) || !TryDigits(ref text, 2, ref hour) || !TryDigits(ref text, 2, ref minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (negative ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ref ReadOnlySpan<byte> text, int count, ref int value)
    {
        if (text.Length < count || text[..count].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        value = 0;
        foreach (var digit in text[..count])
        {
            value = (value * 10) + digit - '0';
        }

        text = text[count..];
        return true;
    }
}
