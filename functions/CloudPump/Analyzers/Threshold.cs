using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Watches a value per key: a result when it leaves its limits, and one when it is back. A value that wavers about a limit is kept quiet by the hysteresis and by asking
/// for several in a row.
/// </summary>
[Component(ComponentKind.Analyzer, "threshold", "Tells when a value per key passes a limit, and when it is back within.",
    Example = "threshold: {name: hot, by: [sensor], value: temperature, above: 90, hysteresis: 5, in_a_row: 3}")]
public sealed class Threshold : KeyedAnalyzer
{
    /// <summary>The value.</summary>
    [Option("The value: a field or expression that yields a number; events without it are passed over.", Required = true)]
    public Expression Value { get; set; } = Expression.Parse("null");

    /// <summary>The upper limit.</summary>
    [Option("The upper limit: a value greater than this is 'above'.")]
    public double? Above { get; set; }

    /// <summary>The lower limit.</summary>
    [Option("The lower limit: a value less than this is 'below'.")]
    public double? Below { get; set; }

    /// <summary>How far back inside counts as back.</summary>
    [Option("How far inside the limit a value must come to be back within it.")]
    public double Hysteresis { get; set; }

    /// <summary>How many values in a row decide.</summary>
    [Option("How many values in a row it takes to change from one state to another.")]
    public int InARow { get; set; } = 1;

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["timestamp", "state", "was", "value", "limit", "since"];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new ValueStep(this, Value, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new State(this);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Above is null && Below is null)
        {
            report.Error(Location, "A threshold needs 'above', 'below', or both.");
        }
        else if (Below + Hysteresis > Above - Hysteresis)
        {
            report.Error(this, "below", "'below' with the hysteresis must not lie above 'above' with it.");
        }

        if (Hysteresis < 0)
        {
            report.Error(this, "hysteresis", "'hysteresis' must not be negative.");
        }

        if (InARow < 1)
        {
            report.Error(this, "in_a_row", "'in_a_row' must be 1 or more.");
        }
    }

    private sealed class State(Threshold definition) : OrderedState<Watched>(definition)
    {
        private static readonly byte[][] Names = [[.. "below"u8], [.. "normal"u8], [.. "above"u8]];
        private readonly ResultFields _fields = new(definition.Name, ["timestamp"], [.. definition.By.Select(d => d.Name)], ["state", "was", "value", "limit", "since"]);

        protected override void OnEvent(Watched state, in PendingEvent e, ResultBatch results)
        {
            var value = ValueStep.Read(e);
            var level = LevelOf(value, state.Level);
            if (level == state.Level)
            {
                state.InARow = 0;
                return;
            }

            state.InARow = level == state.Next ? state.InARow + 1 : 1;
            state.Next = level;
            if (state.InARow >= definition.InARow)
            {
                Change(state, e.Stamp.Time, value, results);
            }
        }

        protected override void SaveKey(Watched state, ByteBuffer output)
        {
            output.WriteSigned(state.Level);
            output.WriteSigned(state.Next);
            output.WriteVarint((ulong)state.InARow);
            output.WriteSigned(state.Since);
        }

        protected override void LoadKey(Watched state, ref ByteReader input)
        {
            (state.Level, state.Next) = ((int)input.Signed(), (int)input.Signed());
            (state.InARow, state.Since) = (input.Count(), input.Signed());
        }

        private int LevelOf(double value, int level)
        {
            var above = definition.Above - (level > 0 ? definition.Hysteresis : 0);
            var below = definition.Below + (level < 0 ? definition.Hysteresis : 0);
            return value > above ? 1 : value < below ? -1 : 0;
        }

        private void Change(Watched state, long time, double value, ResultBatch results)
        {
            var row = _fields.Add(results, state.Key, time);
            var events = results.Events;
            events.SetString(row, _fields[0], Names[state.Next + 1]);
            events.SetString(row, _fields[1], Names[state.Level + 1]);
            events.SetDouble(row, _fields[2], value);
            if (((state.Next != 0 ? state.Next : state.Level) > 0 ? definition.Above : definition.Below) is { } limit)
            {
                events.SetDouble(row, _fields[3], limit);
            }

            if (state.Since != long.MinValue)
            {
                events.SetTimestamp(row, _fields[4], state.Since);
            }

            (state.Level, state.InARow, state.Since) = (state.Next, 0, time);
        }
    }

    private sealed class Watched : KeyState
    {
        /// <summary>-1 below, 0 within, 1 above.</summary>
        public int Level { get; set; }

        public int Next { get; set; }

        public int InARow { get; set; }

        /// <summary>Since when it has been in this state; NoTime when it was never in another.</summary>
        public long Since { get; set; } = long.MinValue;
    }
}
