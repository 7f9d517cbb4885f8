using CloudPump.Analyzers.Findings;
using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Windows;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// How far event times lie behind the time of receipt, in seconds, per key and period of processing time: late sources, wrong clocks (negative), replays. It depends on when
/// events come, so another run gives other results.
/// </summary>
[Component(ComponentKind.Analyzer, "time_drift", "Measures how far event times lie behind the time received, and tells when that passes a limit.",
    NotRepeatable = "it measures when events came.",
    Example = "time_drift: {name: delay, by: [host], period: 1m, of: timestamp, limit: 30s, judge: p95}")]
public sealed class TimeDrift : KeyedAnalyzer
{
    private static readonly string[] Names = ["count", "avg", "median", "p95", "p99", "min", "max", "stddev"];

    /// <summary>Makes one that goes by the time received.</summary>
    public TimeDrift() => Time = Expression.Parse(Now);

    /// <summary>Which time.</summary>
    [Option("The event time whose distance is measured: a field or expression that yields a timestamp; events without it are passed over.")]
    public Expression Of { get; set; } = Expression.Parse("timestamp");

    /// <summary>How often.</summary>
    [Option("A result per key every so often.")]
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How much is too much.</summary>
    [Option("When the judged measure passes this, a finding tells so, and another when it is over.")]
    public TimeSpan? Limit { get; set; }

    /// <summary>What is judged.</summary>
    [Option("The measure that the limit is for: count, avg, median, p95, p99, min, max or stddev.")]
    public string Judge { get; set; } = "p95";

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["window_start", "window_end", "partial", .. Names, .. FindingWriter.Fields];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new Step(this, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new WindowState(Plan());

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Period <= TimeSpan.Zero)
        {
            report.Error(this, "period", "'period' must be longer than nothing.");
        }

        if (!Names.Contains(Judge, StringComparer.Ordinal))
        {
            report.Error(this, "judge", $"There is no measure '{Judge}'.{Nearest.Hint(Judge, Names)} There are {string.Join(", ", Names)}.");
        }
    }

    private WindowPlan Plan()
    {
        // The argument is never evaluated: the step gives every column the distance.
        string[] calls = ["count()", "avg(drift)", "median(drift)", "percentile(drift, 95)", "percentile(drift, 99)", "min(drift)", "max(drift)", "stddev(drift)"];
        NamedList<MeasureCall> measures = [.. Names.Zip(calls, (name, call) => KeyValuePair.Create(name, MeasureCall.Parse(call)))];
        return new WindowPlan(this, Period.Ticks, Period.Ticks, measures)
        {
            Detect = Limit is { } limit ? [new DetectRule { Threshold = new LimitOption { Measure = Judge, Above = limit.TotalSeconds } }] : [],
        };
    }

    private sealed class Step(TimeDrift definition, BuildContext context) : WindowStep(definition.Plan(), context)
    {
        private EventInput _of = new(definition.Of.Compile(context));

        protected override void Measure(Measure[] columns, int group, EventBatch batch, int row, long time)
        {
            var slot = _of.Slot(batch, row);
            var value = slot.Kind == FieldKind.Timestamp ? Value.OfTimestamp(slot.Value) : _of.Evaluate(batch, row);
            if (value.Kind != ValueKind.Timestamp)
            {
                return;
            }

            var drift = Value.Of((double)(batch.Header(row).Received - value.Ticks) / TimeSpan.TicksPerSecond);
            foreach (var column in columns)
            {
                column.Add(group, drift);
            }
        }
    }
}
