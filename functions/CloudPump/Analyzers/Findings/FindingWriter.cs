using System.Globalization;
using System.Text;
using CloudPump.Analyzers.Windows;

namespace CloudPump.Analyzers.Findings;

/// <summary>Makes results of what was found in a window.</summary>
internal sealed class FindingWriter(WindowPlan plan)
{
    /// <summary>The fields of a finding besides those of the window.</summary>
    public static readonly string[] Fields = ["finding", "measure", "state", "value", "expected", "reason"];

    private readonly ResultFields _fields = new(plan.Analyzer.Name, ["window_start", "window_end"], [.. plan.Analyzer.By.Select(d => d.Name)], Fields);
    private ResultBatch? _results;
    private DetectOption? _rule;
    private long _start;

    /// <summary>The findings to come are of this rule and window.</summary>
    public void Begin(ResultBatch results, long start, DetectOption rule) => (_results, _start, _rule) = (results, start, rule);

    /// <summary>Adds a finding about a key.</summary>
    public void Add(ReadOnlySpan<byte> key, string state, double value, double? expected, string reason)
    {
        var row = _fields.Add(_results!, key, _start, _start + plan.Size);
        var events = _results!.Events;
        events.SetString(row, _fields[0], Encoding.UTF8.GetBytes(_rule!.Kind));
        events.SetString(row, _fields[1], Encoding.UTF8.GetBytes(_rule.Measure));
        events.SetString(row, _fields[2], Encoding.UTF8.GetBytes(state));
        events.SetDouble(row, _fields[3], value);
        if (expected is { } number)
        {
            events.SetDouble(row, _fields[4], number);
        }

        events.SetString(row, _fields[5], Encoding.UTF8.GetBytes(reason));
    }

    /// <summary>A number as it stands in a reason.</summary>
    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
