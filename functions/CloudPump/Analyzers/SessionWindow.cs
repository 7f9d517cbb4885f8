using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Ordered;
using CloudPump.Analyzers.Sessions;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Sessions of a key: its events, until none comes for the length of the gap. The start is the time of the first event, the end that of the last; two events whose
/// distance is the gap or more are in two sessions.
/// </summary>
[Component(ComponentKind.Analyzer, "session_window", "Measures sessions per key: events with no longer gap between them than given.",
    Example = "session_window: {name: visits, by: [user], gap: 30m, measures: {pages: count(), value: sum(price)}, first: [referrer], last: [path]}")]
public sealed class SessionWindow : KeyedAnalyzer
{
    /// <summary>The gap.</summary>
    [Option("A session ends when its key has no event for this long.", Required = true)]
    public TimeSpan Gap { get; set; }

    /// <summary>The longest session.</summary>
    [Option("A session ends this long after its start at the latest; an event from then on begins another.")]
    public TimeSpan? MaxDuration { get; set; }

    /// <summary>What begins one.</summary>
    [Option("Only an event that meets this begins a session (and ends the one before); events outside a session are passed over.")]
    public Expression? StartWhen { get; set; }

    /// <summary>What ends one.</summary>
    [Option("An event that meets this is the last of its session.")]
    public Expression? EndWhen { get; set; }

    /// <summary>The measures.</summary>
    [Option("What is measured, as in time_window; rates are per second of the session's duration.")]
    public NamedList<MeasureCall> Measures { get; set; } = [];

    /// <summary>Fields of the first event.</summary>
    [Option("Fields of the first event, which the result has as first_NAME.")]
    public List<string> First { get; set; } = [];

    /// <summary>Fields of the last event.</summary>
    [Option("Fields of the last event, which the result has as last_NAME.")]
    public List<string> Last { get; set; } = [];

    /// <summary>Which results.</summary>
    [Option("Which results are emitted, by their dimensions, measures and duration, such as duration > 60.0.")]
    public Expression? Having { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["window_start", "window_end", "partial", .. SessionResults.FieldsOf(AllMeasures())];

    private bool IsOrdered => (StartWhen ?? EndWhen) is not null || MaxDuration is not null;

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => IsOrdered
        ? new MeasuredStep(this, AllMeasures(), context, StartWhen, EndWhen)
        : new SessionStep(this, AllMeasures(), context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => IsOrdered ? new OrderedSessionState(this, AllMeasures()) : new SessionState(this, AllMeasures());

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Gap <= TimeSpan.Zero)
        {
            report.Error(this, "gap", "'gap' must be longer than nothing.");
        }

        if (MaxDuration <= TimeSpan.Zero)
        {
            report.Error(this, "max_duration", "'max_duration' must be longer than nothing.");
        }

        AllMeasures().Check(report, this);
    }

    private MeasureSet AllMeasures() =>
        new([.. Measures, .. First.Select(f => Of("first", f)), .. Last.Select(f => Of("last", f))]);

    private static KeyValuePair<string, MeasureCall> Of(string function, string field) => KeyValuePair.Create($"{function}_{field}", MeasureCall.Parse($"{function}({field})"));
}
