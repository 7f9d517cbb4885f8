using CloudPump.Analyzers.Findings;
using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Ordered;
using CloudPump.Analyzers.Windows;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Windows over event time, [start, start + size), aligned to 0001-01-01 UTC, so minutes, hours and days begin where the clock's do. Tumbling windows follow one another,
/// hopping ones begin every so often and overlap, sliding ones end whenever an event of the key comes or leaves.
/// </summary>
[Component(ComponentKind.Analyzer, "time_window", "Counts, sums and compares events in windows of time, per key.",
    Example = """
        time_window:
          name: traffic
          size: 1m
          lateness: 2m
          by: [path]
          measures: {hits: count(), errors: count() where status >= 500, bytes: sum(bytes), p95: "percentile(bytes, 95)"}
          detect:
            - outliers: {measure: hits}
            - drop_to_zero: {measure: hits, after: 5}
          to: traffic
        """)]
public sealed class TimeWindow : KeyedAnalyzer
{
    internal const string MeasureHelp = "What is measured, by name: count(), count(x), sum(x), avg(x), min(x), max(x), stddev(x) (of a sample), first(x), last(x), "
        + "distinct(x) (exact up to 256 values, then with a standard error of 1.6 %), percentile(x, 95) and median(x) (within 1 %), "
        + "top(x, 10) (exact up to 10,000 values), rate() and rate(x) (per second), ratio(a, b) of two other measures. "
        + "Any but a ratio may take some events only: count() where status >= 500. See docs/measures.md.";

    private const int MostPanes = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>The length of a window.</summary>
    [Option("The length of a window.", Required = true)]
    public TimeSpan Size { get; set; }

    /// <summary>How often one begins.</summary>
    [Option("A window begins every so often (hopping windows, which overlap); without it when the one before ends (tumbling).")]
    public TimeSpan? Every { get; set; }

    /// <summary>Sliding.</summary>
    [Option("Sliding windows, (end - size, end]: a result of a key whenever one of its events comes into the window or leaves it, and others are in it.")]
    public bool Sliding { get; set; }

    /// <summary>The measures.</summary>
    [Option(MeasureHelp, Required = true)]
    public NamedList<MeasureCall> Measures { get; set; } = [];

    /// <summary>Which results.</summary>
    [Option("Which results are emitted, by their dimensions and measures, such as hits > 10.")]
    public Expression? Having { get; set; }

    /// <summary>Early results.</summary>
    [Option("When results come before the window is closed: {every: 10s}, {when: hits > 1000} or {on: PIPELINE}. They are marked with early: true, and promise nothing.")]
    public EarlyOption? Early { get; set; }

    /// <summary>What to look for.</summary>
    [Option("What to look for in the finished matrix, keys by windows; every finding is a result with finding, measure, state, value, expected and reason.")]
    public List<DetectRule> Detect { get; set; } = [];

    /// <summary>Results or findings.</summary>
    [Option("What is emitted: the windows' results and the findings, or the findings alone.")]
    public WindowEmission Emit { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields =>
        ["window_start", "window_end", "partial", "early", .. Measures.Select(m => m.Key), .. Detect.Count > 0 ? FindingWriter.Fields : []];

    /// <inheritdoc/>
    public override IEnumerable<PipelineReference> Triggers => Early is { On: { } on } ? [new PipelineReference(on, Early.Location)] : [];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => Sliding ? new MeasuredStep(this, new MeasureSet(Measures), context) : new WindowStep(Plan(), context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => Sliding ? new SlidingState(this, new MeasureSet(Measures)) : new WindowState(Plan());

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        CheckTimes(report);
        if (Sliding && (Every is not null || Early is not null || Detect.Count > 0))
        {
            report.Error(this, "sliding", "Sliding windows have no 'every', 'early' or 'detect'.");
        }

        if (Early is { When: not null } && Every is not null && Every != Size)
        {
            report.Error(Early.Location, "'when' is for windows that do not overlap.");
        }

        if (Early is { When: null, Every: null, On: null } || Early?.Every <= TimeSpan.Zero)
        {
            report.Error(Early.Location == default ? LocationOf("early") : Early.Location, "'early' takes 'every' (longer than nothing), 'when' and 'on', at least one of them.");
        }

        if (Emit == WindowEmission.Findings && Detect.Count == 0)
        {
            report.Error(this, "emit", "Without 'detect' there are no findings to emit.");
        }

        if (Emit == WindowEmission.Findings && Early is not null)
        {
            report.Error(this, "emit", "Early results are results; with 'emit: findings' there are none.");
        }

        new MeasureSet(Measures).Check(report, this);
        DetectRule.Check(report, this, Detect, [.. Measures.Select(m => m.Key)]);
    }

    private WindowPlan Plan() => new(this, Size.Ticks, (Every ?? Size).Ticks, Measures)
    {
        Early = Early,
        Having = Having,
        Detect = Detect,
        EmitsResults = Emit == WindowEmission.Results,
    };

    private void CheckTimes(CheckReport report)
    {
        if (Size <= TimeSpan.Zero)
        {
            report.Error(this, "size", "A window must be longer than nothing.");
        }
        else if (Size > Longest)
        {
            report.Error(this, "size", $"A window takes at most {Duration.Format(Longest)}.");
        }
        else if (Every <= TimeSpan.Zero || Every > Size)
        {
            report.Error(this, "every", "'every' must be longer than nothing, and not longer than the window.");
        }
        else if (Size.Ticks / Plan().Pane > MostPanes)
        {
            report.Error(this, "every", $"'size' and 'every' together make more than {MostPanes} panes a window; choose 'every' so that it divides 'size'.");
        }
    }
}
