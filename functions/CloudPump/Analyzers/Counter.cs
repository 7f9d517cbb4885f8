using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>Counts the events of each key from the first one on, over all windows and restarts, and tells every so many.</summary>
[Component(ComponentKind.Analyzer, "counter", "Counts the events of each key for ever, and tells every so many of them.",
    Example = "counter: {name: parts, by: [machine], when: \"state == 'done'\", every: 1000}")]
public sealed class Counter : KeyedAnalyzer
{
    /// <summary>Which events count.</summary>
    [Option("Which events count; without it all of them.")]
    public Expression When { get; set; } = Expression.Parse("true");

    /// <summary>How often it tells.</summary>
    [Option("A result comes with every so many events of a key.", Required = true)]
    public long Every { get; set; } = 1;

    /// <summary>What starts anew.</summary>
    [Option("An event that meets this sets its key's count back to 0, before it is counted itself.")]
    public Expression? ResetWhen { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["timestamp", "count", "since"];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new Step(this, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new State(this);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Every < 1)
        {
            report.Error(this, "every", "'every' must be 1 or more.");
        }
    }

    private sealed class Step(Counter definition, BuildContext context) : OrderedStep(definition, context)
    {
        private readonly Condition _when = definition.When.CompileCondition(context);
        private readonly Condition? _reset = definition.ResetWhen?.CompileCondition(context);

        protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
        {
            var counts = _when.Test(batch, row, out var error);
            var resets = error is null && _reset is not null && _reset.Test(batch, row, out error);
            if (error is not null)
            {
                batch.Fail(row, $"A condition of the counter cannot be told: {error}");
                return EventUse.Failed;
            }

            payload.WriteByte((byte)((counts ? 1 : 0) | (resets ? 2 : 0)));
            return counts || resets ? EventUse.Taken : EventUse.Skipped;
        }
    }

    private sealed class State(Counter definition) : OrderedState<Count>(definition)
    {
        private readonly ResultFields _fields = new(definition.Name, ["timestamp"], [.. definition.By.Select(d => d.Name)], ["count", "since"]);

        protected override void OnEvent(Count state, in PendingEvent e, ResultBatch results)
        {
            var flags = e.Payload[0];
            if (state.Number == 0 || (flags & 2) != 0)
            {
                (state.Number, state.Since) = (0, e.Stamp.Time);
            }

            if ((flags & 1) != 0 && ++state.Number % definition.Every == 0)
            {
                Tell(state, e.Stamp.Time, results);
            }
        }

        protected override void OnCrowded(Count state, ResultBatch results)
        {
            var row = Tell(state, state.LastSeen, results);
            results.MarkPartial(row);
        }

        protected override void SaveKey(Count state, ByteBuffer output)
        {
            output.WriteVarint((ulong)state.Number);
            output.WriteSigned(state.Since);
        }

        protected override void LoadKey(Count state, ref ByteReader input) => (state.Number, state.Since) = ((long)input.Varint(), input.Signed());

        private int Tell(Count state, long time, ResultBatch results)
        {
            var row = _fields.Add(results, state.Key, time);
            results.Events.SetInt64(row, _fields[0], state.Number);
            results.Events.SetTimestamp(row, _fields[1], state.Since);
            return row;
        }
    }

    private sealed class Count : KeyState
    {
        public long Number { get; set; }

        public long Since { get; set; }
    }
}
