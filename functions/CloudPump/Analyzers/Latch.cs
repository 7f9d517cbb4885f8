using CloudPump.Analyzers.Ordered;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>Keeps the last events of each key, to be looked at from outside; it emits nothing of its own.</summary>
[Component(ComponentKind.Analyzer, "latch", "Keeps the last events of each key, to be looked at with `cloudpump latch`.",
    Example = "latch: {name: last_seen, by: [device], keep: 10, fields: [timestamp, state, temperature]}")]
public sealed class Latch : KeyedAnalyzer
{
    /// <summary>How many.</summary>
    [Option("How many events of a key are kept.")]
    public int Keep { get; set; } = 1;

    /// <summary>What of them.</summary>
    [Option("The fields that are kept (dots lead into objects); without it all of them.")]
    public List<string> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override bool EmitsResults => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["timestamp", "event"];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new Step(this, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new State(this);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Keep is < 1 or > 10_000)
        {
            report.Error(this, "keep", "'keep' takes 1 to 10000.");
        }
    }

    private sealed class Step(Latch definition, BuildContext context) : OrderedStep(definition, context)
    {
        private readonly EventJsonWriter _json = new();
        private readonly FieldPath[] _paths = [.. definition.Fields.Select(f => new FieldPath(f, context.Fields))];
        private readonly byte[][] _names = [.. definition.Fields.Select(Quoted)];

        protected override EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload)
        {
            if (_paths.Length == 0)
            {
                _json.Write(payload, batch, row);
                return EventUse.Taken;
            }

            payload.WriteByte((byte)'{');
            for (var p = 0; p < _paths.Length; p++)
            {
                var slot = _paths[p].Get(batch, row);
                if (slot.Kind != FieldKind.Missing)
                {
                    payload.Write(payload.Length > 1 ? ","u8 : default);
                    payload.Write(_names[p]);
                    _json.WriteValue(payload, batch, slot);
                }
            }

            payload.WriteByte((byte)'}');
            return EventUse.Taken;
        }

        private static byte[] Quoted(string name)
        {
            var output = new ByteBuffer(64);
            JsonText.WriteString(output, System.Text.Encoding.UTF8.GetBytes(name));
            output.WriteByte((byte)':');
            return output.Written.ToArray();
        }
    }

    private sealed class State(Latch definition) : OrderedState<Kept>(definition), IReadableState
    {
        private readonly ResultFields _fields = new(definition.Name, ["timestamp"], [.. definition.By.Select(d => d.Name)], ["event"]);

        public void Read(ResultBatch results)
        {
            foreach (var state in Keys())
            {
                foreach (var (time, json) in state.Events)
                {
                    var row = _fields.Add(results, state.Key, time);
                    results.Events.SetText(row, _fields[0], FieldKind.Object, json);
                }
            }
        }

        protected override void OnEvent(Kept state, in PendingEvent e, ResultBatch results)
        {
            state.Events.Enqueue((e.Stamp.Time, e.Payload.ToArray()));
            if (state.Events.Count > definition.Keep)
            {
                state.Events.Dequeue();
            }
        }

        protected override void SaveKey(Kept state, ByteBuffer output)
        {
            output.WriteVarint((ulong)state.Events.Count);
            foreach (var (time, json) in state.Events)
            {
                output.WriteSigned(time);
                output.WriteBlob(json);
            }
        }

        protected override void LoadKey(Kept state, ref ByteReader input)
        {
            for (var count = input.Items(); count > 0; count--)
            {
                state.Events.Enqueue((input.Signed(), input.Blob().ToArray()));
            }
        }
    }

    private sealed class Kept : KeyState
    {
        public Queue<(long Time, byte[] Json)> Events { get; } = new();
    }
}
