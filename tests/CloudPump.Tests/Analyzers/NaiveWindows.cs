using System.Globalization;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>Windows the naive way: every partition by itself, every event by itself, everything kept until the end.</summary>
internal sealed class NaiveWindows(TimeWindow definition)
{
    private readonly Dictionary<int, long> _tops = [];
    private readonly Dictionary<(long Start, string Key), List<object?>> _groups = [];

    public int Late { get; private set; }

    public void Add(int partition, WindowEvent e)
    {
        if (e.Time < _tops.GetValueOrDefault(partition, long.MinValue + definition.Lateness.Ticks) - definition.Lateness.Ticks)
        {
            Late++;
            return;
        }

        _tops[partition] = Math.Max(_tops.GetValueOrDefault(partition, long.MinValue), e.Time);
        var group = (e.Time - (e.Time % definition.Size.Ticks), e.Key is null ? "null" : $"\"{e.Key}\"");
        _groups.TryAdd(group, []);
        _groups[group].Add(e.Value);
    }

    /// <summary>All results, in the order of window and key.</summary>
    public List<string> Results() => [.. _groups
        .OrderBy(g => g.Key.Start).ThenBy(g => g.Key.Key == "null" ? "" : g.Key.Key, StringComparer.Ordinal)
        .Select(g => Result(g.Key.Start, g.Key.Key, [.. g.Value.OfType<object>()], g.Value.Count))];

    private string Result(long start, string key, List<object> values, int count)
    {
        var numbers = values.ConvertAll(v => Convert.ToDouble(v, CultureInfo.InvariantCulture));
        object total = values.TrueForAll(v => v is long) ? (object)(long)numbers.Sum() : numbers.Sum();
        var (low, high) = (values.MinBy(v => Rank(v, 1)), values.MaxBy(v => Rank(v, -1)));
        return $"{{\"analyzer\":\"{definition.Name}\",\"window_start\":\"{TimestampText.Format(start)}\",\"window_end\":\"{TimestampText.Format(start + definition.Size.Ticks)}\","
            + $"\"k\":{key},\"hits\":{count},\"seen\":{values.Count},\"total\":{(values.Count == 0 ? "null" : Text(total))},"
            + $"\"low\":{Text(low)},\"high\":{Text(high)},\"mean\":{(values.Count == 0 ? "null" : Text(numbers.Sum() / numbers.Count))}}}";
    }

    // Of an integer and an equal double the integer is meant.
    private static (double, int) Rank(object v, int sign) => (Convert.ToDouble(v, CultureInfo.InvariantCulture), v is long ? -sign : 0);

    // A double is written so that it reads back as one.
    private static string Text(object? value) => value switch
    {
        null => "null",
        double d when d == Math.Floor(d) => d.ToString("F1", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
