using System.Text;
using CloudPump.Events;

namespace CloudPump.Transformers.Times;

/// <summary>Reads the parts of a time from the beginning of a text.</summary>
internal static class TimeParts
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static bool TryLiteral(ref ReadOnlySpan<byte> text, string literal)
    {
        foreach (var c in literal)
        {
            if (text.IsEmpty || text[0] != c)
            {
                return false;
            }

            text = c == ' ' ? text.TrimStart((byte)' ') : text[1..];
        }

        return true;
    }

    public static bool TryPart(ref ReadOnlySpan<byte> text, char letter, int count, ref TimeFields fields) => letter switch
    {
        'y' when count == 4 => TryNumber(ref text, 4, 4, out fields.Year) && fields.Year > 0,
        'y' => TryShortYear(ref text, ref fields),
        'M' when count > 2 => TryName(ref text, Months, out fields.Month),
        'M' => TryNumber(ref text, count, 2, out fields.Month),
        'd' when count > 2 => TryName(ref text, Days, out _),
        'd' => TryNumber(ref text, count, 2, out fields.Day),
        'H' or 'h' => TryNumber(ref text, count, 2, out fields.Hour),
        'm' => TryNumber(ref text, count, 2, out fields.Minute),
        's' => TryNumber(ref text, count, 2, out fields.Second),
        'f' => TryFraction(ref text, out fields.Nanos),
        't' => TryHalf(ref text, out fields.Half),
        _ => TryOffset(ref text, ref fields),
    };

    public static bool TryTime(TimeFields fields, TimeZoneInfo zone, long received, out Slot time)
    {
        time = default;
        if (fields.Half >= 0)
        {
            if (fields.Hour is < 1 or > 12)
            {
                return false;
            }

            fields.Hour = (fields.Hour % 12) + fields.Half;
        }

        // A leap second is the last one before it.
        fields.Second = fields.Second == 60 ? 59 : fields.Second;
        var year = fields.Year > 0 ? fields.Year : NearestYear(fields, received);
        if (year is < 1 or > 9999 || fields.Month is < 1 or > 12 || fields.Day < 1 || fields.Day > DateTime.DaysInMonth(year, fields.Month)
            || fields.Hour > 23 || fields.Minute > 59 || fields.Second > 59)
        {
            return false;
        }

        var local = new DateTime(year, fields.Month, fields.Day, fields.Hour, fields.Minute, fields.Second, DateTimeKind.Unspecified);
        var ticks = local.Ticks - (fields.Offset ?? zone.GetUtcOffset(local).Ticks) + (fields.Nanos / 100);
        time.Set(FieldKind.Timestamp, ticks, fields.Nanos % 100);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    // A log of December that is read in January is of the year before.
    private static int NearestYear(in TimeFields fields, long received)
    {
        var now = new DateTime(received, DateTimeKind.Utc);
        var months = fields.Month - now.Month;
        return now.Year + (months > 6 ? -1 : months < -6 ? 1 : 0);
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> text, int least, int most, out int number)
    {
        number = 0;
        var length = 0;
        for (; length < text.Length && length < most && text[length] is >= (byte)'0' and <= (byte)'9'; length++)
        {
            number = (number * 10) + text[length] - '0';
        }

        text = text[length..];
        return length >= least;
    }

    private static bool TryShortYear(ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        var ok = TryNumber(ref text, 2, 2, out var year);

        // As POSIX has it: 69 is 1969, 68 is 2068.
        fields.Year = year + (year >= 69 ? 1900 : 2000);
        return ok;
    }

    // A whole name, or its first three letters.
    private static bool TryName(ref ReadOnlySpan<byte> text, string[] names, out int number)
    {
        for (number = 1; number <= names.Length; number++)
        {
            var name = names[number - 1];
            if (text.Length >= name.Length && Ascii.EqualsIgnoreCase(text[..name.Length], name))
            {
                text = text[name.Length..];
                return true;
            }
        }

        for (number = 1; number <= names.Length; number++)
        {
            if (text.Length >= 3 && Ascii.EqualsIgnoreCase(text[..3], names[number - 1].AsSpan(0, 3)))
            {
                text = text[3..];
                return true;
            }
        }

        return false;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out int nanos)
    {
        var rest = text;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? rest.Length : digits;
        text = text[digits..];
        nanos = 0;
        for (var i = 0; i < 9; i++)
        {
            nanos = (nanos * 10) + (i < digits ? rest[i] - '0' : 0);
        }

        return digits > 0;
    }

    private static bool TryHalf(ref ReadOnlySpan<byte> text, out int half)
    {
        half = text.Length >= 2 && Ascii.EqualsIgnoreCase(text[..2], "am"u8) ? 0 : 12;
        var ok = half == 0 || (text.Length >= 2 && Ascii.EqualsIgnoreCase(text[..2], "pm"u8));
        text = ok ? text[2..] : text;
        return ok;
    }

    private static bool TryOffset(ref ReadOnlySpan<byte> text, ref TimeFields fields)
    {
        if (text is [(byte)'Z' or (byte)'z', ..])
        {
            fields.Offset = 0;
            text = text[1..];
            return true;
        }

        var negative = text is [(byte)'-', ..];
        if (!negative && text is not [(byte)'+', ..])
        {
            return false;
        }

        text = text[1..];
        if (!TryNumber(ref text, 2, 2, out var hours))
        {
            return false;
        }

        text = text is [(byte)':', ..] ? text[1..] : text;
        var ok = TryNumber(ref text, 2, 2, out var minutes) && hours < 24 && minutes < 60;
        fields.Offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (negative ? -1 : 1);
        return ok;
    }
}
