using CloudPump.Events;

namespace CloudPump.Transformers.Times;

/// <summary>
/// Times written as a pattern of letters says: `yyyy` `yy` year, `MMMM` `MMM` month's name, `MM` `M` month, `dd` `d` day, `dddd` `ddd` weekday (read over), `HH` `H` hour, `hh` `h` with `tt`
/// (AM, PM), `mm` `m` minute, `ss` `s` second, `f` and more of them any fraction of a second, `zzz` `Z` or an offset such as +02:00 or +0200. Other characters stand for themselves, letters but T in
/// 'quotes'. A single letter takes one or two digits; a space takes one or more. Without a year the one counts that brings the time nearest to that of receipt.
/// </summary>
internal sealed class PatternTime : ITimeFormat
{
    private readonly List<(char Letter, int Count, string Literal)> _pieces;
    private readonly TimeZoneInfo _zone;

    private PatternTime(List<(char, int, string)> pieces, TimeZoneInfo zone) => (_pieces, _zone) = (pieces, zone);

    /// <summary>Reads a pattern; null, and why, when it is none.</summary>
    public static PatternTime? TryParse(string pattern, TimeZoneInfo zone, out string problem)
    {
        var pieces = new List<(char Letter, int Count, string Literal)>();
        problem = "";
        for (var at = 0; at < pattern.Length && problem.Length == 0;)
        {
            if (pattern[at] == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                problem = end < 0 ? "a quote is never closed" : "";
                pieces.Add(('\0', 0, end < 0 ? "" : pattern[(at + 1)..end]));
                at = end + 1;
                continue;
            }

            var count = pattern.AsSpan(at).IndexOfAnyExcept(pattern[at]);
            count = count < 0 ? pattern.Length - at : count;
            var known = IsKnown(pattern[at], count);
            if (!known && char.IsAsciiLetter(pattern[at]) && pattern[at] != 'T')
            {
                problem = $"'{pattern.Substring(at, count)}' is no part of a time; letters that stand for themselves belong in 'quotes'";
            }

            pieces.Add(known ? (pattern[at], count, "") : ('\0', 0, pattern.Substring(at, count)));
            at += count;
        }

        return problem.Length == 0 ? new PatternTime(pieces, zone) : null;
    }

    /// <inheritdoc/>
    public bool TryRead(EventBatch batch, in Slot value, long received, out Slot time)
    {
        time = default;
        var fields = new TimeFields { Month = 1, Day = 1, Half = -1 };
        if (!value.IsText)
        {
            return false;
        }

        var text = batch.Text(value).Trim((byte)' ');
        foreach (var (letter, count, literal) in _pieces)
        {
            if (!(letter == '\0' ? TimeParts.TryLiteral(ref text, literal) : TimeParts.TryPart(ref text, letter, count, ref fields)))
            {
                return false;
            }
        }

        return text.IsEmpty && TimeParts.TryTime(fields, _zone, received, out time);
    }

    private static bool IsKnown(char letter, int count) => letter switch
    {
        'y' => count is 2 or 4,
        'M' or 'd' => count <= 4,
        'H' or 'h' or 'm' or 's' => count <= 2,
        'f' => count <= 9,
        't' => count == 2,
        'z' => count == 3,
        _ => false,
    };
}
