using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CloudPump.Expressions;

/// <summary>
/// How `format_time` writes a time: `yyyy MM dd HH mm ss` as in the date of an index's name, besides `yy`, `MMM` (Jan), `ddd` (Mon), `fff`, `ffffff`,
/// `fffffffff` (thousandths, millionths, billionths of a second), `zzz` (+02:00). Other characters stand for themselves; letters but T in 'quotes'.
/// </summary>
internal sealed class TimePattern
{
    private const string MonthNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const string DayNames = "SunMonTueWedThuFriSat";

    // The longer of two that begin alike comes first.
    private static readonly (string Letters, TimePart Part)[] Parts =
    [
        ("yyyy", TimePart.Year), ("yy", TimePart.ShortYear), ("MMM", TimePart.MonthName), ("MM", TimePart.Month), ("ddd", TimePart.DayName),
        ("dd", TimePart.Day), ("HH", TimePart.Hour), ("mm", TimePart.Minute), ("ss", TimePart.Second), ("fffffffff", TimePart.Nanoseconds),
        ("ffffff", TimePart.Microseconds), ("fff", TimePart.Milliseconds), ("zzz", TimePart.Offset),
    ];

    private readonly List<(TimePart Part, byte[] Literal)> _pieces = [];

    private TimePattern()
    {
    }

    /// <summary>Reads a pattern; null, and where and why, when it is none.</summary>
    public static TimePattern? TryParse(string text, out int offset, out string error)
    {
        var pattern = new TimePattern();
        error = "";
        for (offset = 0; offset < text.Length && error.Length == 0;)
        {
            offset += text[offset] == '\'' ? pattern.AddQuoted(text, offset, ref error) : pattern.AddPart(text, offset, ref error);
        }

        return error.Length == 0 ? pattern : null;
    }

    /// <summary>Writes a point in time as the pattern says.</summary>
    /// <param name="scope">Where the text goes.</param>
    /// <param name="time">The time.</param>
    /// <param name="zoneOffset">How far the zone is ahead of UTC, in ticks.</param>
    public Value Write(Scope scope, in Value time, long zoneOffset)
    {
        var local = new DateTime(Math.Clamp(time.Ticks + zoneOffset, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        var length = 0;
        foreach (var (part, literal) in _pieces)
        {
            if (!scope.HasRoom(length + literal.Length + 16L))
            {
                return Value.OfError(EvaluationError.TooMuchText);
            }

            var room = scope.Reserve(length + literal.Length + 16)[length..];
            length += part == TimePart.Literal ? Copy(literal, room) : Write(room, part, local, time.Nanos, zoneOffset);
        }

        return scope.Commit(length);
    }

    private static int Write(Span<byte> room, TimePart part, DateTime time, int nanos, long zoneOffset) => part switch
    {
        TimePart.Year => Digits(room, time.Year, 4),
        TimePart.ShortYear => Digits(room, time.Year % 100, 2),
        TimePart.Month => Digits(room, time.Month, 2),
        TimePart.MonthName => Encoding.ASCII.GetBytes(MonthNames.AsSpan(3 * (time.Month - 1), 3), room),
        TimePart.Day => Digits(room, time.Day, 2),
        TimePart.DayName => Encoding.ASCII.GetBytes(DayNames.AsSpan(3 * (int)time.DayOfWeek, 3), room),
        TimePart.Hour => Digits(room, time.Hour, 2),
        TimePart.Minute => Digits(room, time.Minute, 2),
        TimePart.Second => Digits(room, time.Second, 2),
        TimePart.Milliseconds => Digits(room, time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond, 3),
        TimePart.Microseconds => Digits(room, time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, 6),
        TimePart.Nanoseconds => Digits(room, (time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick) + nanos, 9),
        _ => Offset(room, zoneOffset),
    };

    private static int Offset(Span<byte> room, long ticks)
    {
        var minutes = Math.Abs(ticks / TimeSpan.TicksPerMinute);
        room[0] = ticks < 0 ? (byte)'-' : (byte)'+';
        Digits(room[1..], minutes / 60, 2);
        room[3] = (byte)':';
        return 4 + Digits(room[4..], minutes % 60, 2);
    }

    private static int Digits(Span<byte> room, long number, byte count)
    {
        Utf8Formatter.TryFormat(number, room, out var written, new StandardFormat('D', count));
        return written;
    }

    private static int Copy(byte[] literal, Span<byte> room)
    {
        literal.CopyTo(room);
        return literal.Length;
    }

    // 'text', in which two quotes are one; '' alone is a quote.
    private int AddQuoted(string text, int at, ref string error)
    {
        var literal = new StringBuilder();
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] != '\'')
            {
                literal.Append(text[end]);
            }
            else if (end + 1 < text.Length && text[end + 1] == '\'' && end > at + 1)
            {
                literal.Append(text[end++]);
            }
            else
            {
                _pieces.Add((TimePart.Literal, Encoding.UTF8.GetBytes(end == at + 1 ? "'" : literal.ToString())));
                return end + 1 - at;
            }
        }

        error = "the quote has no end";
        return 0;
    }

    private int AddPart(string text, int at, ref string error)
    {
        var index = Array.FindIndex(Parts, p => string.CompareOrdinal(text, at, p.Letters, 0, p.Letters.Length) == 0);
        if (index >= 0)
        {
            var (letters, part) = Parts[index];
            var length = letters.Length;
            if (at + length >= text.Length || text[at + length] != letters[0])
            {
                _pieces.Add((part, []));
                return length;
            }
        }

        if (index >= 0 || (char.IsAsciiLetter(text[at]) && text[at] != 'T'))
        {
            error = $"'{text[at]}' stands for nothing here; there are {string.Join(", ", Parts.Select(p => p.Letters))}, and letters that mean themselves stand in 'quotes'";
            return 0;
        }

        var size = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        _pieces.Add((TimePart.Literal, Encoding.UTF8.GetBytes(text.Substring(at, size))));
        return size;
    }
}
