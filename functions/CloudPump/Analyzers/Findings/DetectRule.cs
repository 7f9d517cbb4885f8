using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Findings;

/// <summary>One thing to look for in closed windows.</summary>
[OneOf]
public sealed class DetectRule
{
    /// <summary>Keys unlike the others.</summary>
    [Option("Keys whose value is unlike that of the other keys of the same window (median absolute deviation).")]
    public OutliersOption? Outliers { get; set; }

    /// <summary>Keys that fall silent.</summary>
    [Option("Keys that had events in window after window and have none now.")]
    public DropToZeroOption? DropToZero { get; set; }

    /// <summary>Keys above their own past.</summary>
    [Option("Keys whose value is far above that of the same window of earlier periods.")]
    public SpikeOption? Spike { get; set; }

    /// <summary>Keys beyond a limit.</summary>
    [Option("Keys whose value passes a limit, and when it is back.")]
    public LimitOption? Threshold { get; set; }

    /// <summary>Bands of values.</summary>
    [Option("The class of each key by bands of values, whenever it changes.")]
    public ClassesOption? Classes { get; set; }

    /// <summary>The one that is given.</summary>
    internal DetectOption? Rule => (DetectOption?)Outliers ?? (DetectOption?)DropToZero ?? (DetectOption?)Spike ?? (DetectOption?)Threshold ?? Classes;

    /// <summary>Reports mistakes.</summary>
    internal static void Check(CheckReport report, KeyedAnalyzer definition, IEnumerable<DetectRule> rules, IReadOnlyList<string> measures)
    {
        foreach (var rule in rules.Select(r => r.Rule).OfType<DetectOption>())
        {
            var at = rule.Location == default ? definition.LocationOf("detect") : rule.Location;
            if (!measures.Contains(rule.Measure, StringComparer.Ordinal))
            {
                report.Error(at, $"There is no measure '{rule.Measure}' in this window.{Nearest.Hint(rule.Measure, measures)}");
            }

            if (rule.ComparesKeys && definition.Shards > 1)
            {
                report.Error(definition, "shards", $"'{rule.Kind}' compares the keys of a window, so all of them must be in one shard.");
            }

            if (rule.Mistake() is { } mistake)
            {
                report.Error(at, mistake);
            }
        }
    }
}
