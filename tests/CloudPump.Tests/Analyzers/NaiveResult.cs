using System.Globalization;
using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>A result of a window the naive way: all its events at hand, summed up one after the other.</summary>
internal static class NaiveResult
{
    /// <summary>The measures that it knows.</summary>
    public static NamedList<MeasureCall> Measures => [.. new[]
    {
        ("hits", "count()"), ("seen", "count(v)"), ("total", "sum(v)"), ("low", "min(v)"), ("high", "max(v)"), ("mean", "avg(v)"), ("from", "first(v)"), ("to", "last(v)"),
    }.Select(m => KeyValuePair.Create(m.Item1, MeasureCall.Parse(m.Item2)))];

    /// <summary>The text of a result; sessions have their duration in it.</summary>
    public static string Of(long start, long end, IEnumerable<NaiveEvent> events, bool isSession = false)
    {
        var all = events.OrderBy(e => e.Place).ToList();
        var values = all.Select(e => e.Event.Value).OfType<object>().ToList();
        var numbers = values.ConvertAll(Number);
        var total = values.TrueForAll(v => v is long) ? (object)(long)numbers.Sum() : numbers.Sum();
        return $"{{\"analyzer\":\"w\",\"window_start\":\"{TimestampText.Format(Math.Max(start, 0))}\",\"window_end\":\"{TimestampText.Format(end)}\",\"k\":"
            + (all[0].Event.Key is { } key ? $"\"{key}\"," : "null,")
            + (isSession ? $"\"duration\":{Text((end - start) / 1e7)}," : "")
            + $"\"hits\":{all.Count},\"seen\":{values.Count},\"total\":{Text(values.Count == 0 ? null : total)},"
            + $"\"low\":{Text(values.MinBy(v => Rank(v, 1)))},\"high\":{Text(values.MaxBy(v => Rank(v, -1)))},"
            + $"\"mean\":{Text(values.Count == 0 ? null : numbers.Sum() / numbers.Count)},\"from\":{Text(values.FirstOrDefault())},\"to\":{Text(values.LastOrDefault())}}}";
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    // Of an integer and an equal double the integer is meant.
    private static (double, int) Rank(object v, int sign) => (Number(v), v is long ? -sign : 0);

    // A double keeps its type in JSON: 3.0 is not 3.
    private static string Text(object? value) => value switch
    {
        null => "null",
        double number => JsonNumber(number),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static string JsonNumber(double number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
