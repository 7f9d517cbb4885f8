using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Windows;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>Tumbling windows over event time: [start, start + size), aligned to 0001-01-01 UTC, so minutes, hours and days begin where the clock's do.</summary>
[Component(ComponentKind.Analyzer, "time_window", "Counts, sums and compares events in windows of time, per key.",
    Example = "time_window: {name: traffic, size: 1m, lateness: 2m, by: [path], measures: {hits: count(), bytes: sum(bytes)}}")]
public sealed class TimeWindow : AnalyzerDefinition
{
    private const string MeasureHelp = "What is measured, by name: count(), count(x), sum(x), avg(x), min(x), max(x), stddev(x) (of a sample), first(x), last(x), "
        + "distinct(x) (exact up to 256 values, then with a standard error of 1.6 %), percentile(x, 95) and median(x) (within 1 %), "
        + "top(x, 10) (exact up to 10,000 values), rate() and rate(x) (per second), ratio(a, b) of two other measures. "
        + "Any but a ratio may take some events only: count() where status >= 500. See docs/measures.md.";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>The length of a window.</summary>
    [Option("The length of a window.", Required = true)]
    public TimeSpan Size { get; set; }

    /// <summary>The dimensions.</summary>
    [Option("The dimensions: one result per window and combination of their values. Fields or expressions; {name: expression} names the field of the results.")]
    public List<Dimension> By { get; set; } = [];

    /// <summary>The measures.</summary>
    [Option(MeasureHelp, Required = true)]
    public NamedList<MeasureCall> Measures { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Size <= TimeSpan.Zero)
        {
            report.Error(this, "size", "A window must be longer than nothing.");
        }
        else if (Size > Longest)
        {
            report.Error(this, "size", $"A window takes at most {Duration.Format(Longest)}.");
        }

        new MeasureSet(Measures).Check(report, this);
        Dimension.Check(report, this, By, ["analyzer", "window_start", "window_end", .. Measures.Select(m => m.Key)]);
    }

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new WindowStep(this, context.Fields);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new WindowState(Name, Size.Ticks, [.. By.Select(b => b.Name)], new MeasureSet(Measures));
}
