using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>
/// Takes out events that repeat the key of another one within a time. The keys are kept with the positions, so a stop or a crash forgets none, and an event that the transport
/// delivers twice is no repeat of itself. On Azure each source partition remembers its own keys: let repeats have the same partition key.
/// </summary>
[Component(ComponentKind.Filter, "dedupe", "Takes out events that repeat the key of another one within a time.", Example = "dedupe: {by: [order, state], within: 1h}",
    Given = """{"order": 7, "state": "paid"}""", Gives = ["""{"order": 7, "state": "paid"}"""])]
public sealed class Dedupe : ProcessorDefinition
{
    /// <summary>The key.</summary>
    [Option("The expressions that make the key.", Main = true, Required = true)]
    public List<Expression> By { get; set; } = [];

    /// <summary>How long.</summary>
    [Option("How long a key is remembered after the first event that had it.")]
    public TimeSpan Within { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The time.</summary>
    [Option("The time that counts, as an expression; by default the time received.")]
    public Expression Time { get; set; } = "now()";

    /// <summary>Bound.</summary>
    [Option("How many keys are remembered at most; beyond that the oldest are forgotten.")]
    public int MaxKeys { get; set; } = 1_000_000;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Within <= TimeSpan.Zero)
        {
            report.Error(this, "within", "'within' takes more than 0s.");
        }

        if (MaxKeys < 1)
        {
            report.Error(this, "max_keys", "'max_keys' takes 1 or more.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(this, context);

    private sealed class Processor(Dedupe options, BuildContext context) : IStatefulProcessor
    {
        private readonly CompiledExpression[] _by = [.. options.By.Select(b => b.Compile(context))];
        private readonly CompiledExpression _time = options.Time.Compile(context);
        private readonly CompiledExpression _id = Expression.Parse("meta.id").Compile(context);
        private readonly SeenKeys _seen = new(context.NextMemory("dedupe"), options.Within.Ticks, options.MaxKeys, context.Writes);
        private readonly ByteBuffer _key = new(256);

        public string Memory => _seen.Table;

        public long MemoryEnd => _seen.Next;

        public Task LoadAsync(ISharedTables tables, long end, CancellationToken cancellationToken) => _seen.LoadAsync(tables, end, cancellationToken);

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var time = _time.Evaluate(batch, row);
                if (time.Kind != ValueKind.Timestamp)
                {
                    batch.Fail(row, $"'{options.Time}' gives no time for dedupe{(time.IsError ? $": {time.Reason}" : ".")}");
                    continue;
                }

                if (TryKey(batch, row) && _seen.IsRepeat(StableHash.Of(_key.Written), time.Ticks, StableHash.Of(_id.Evaluate(batch, row).Bytes)))
                {
                    batch.Remove(row, Removal.Filtered);
                }
            }

            _seen.EndBatch();
        }

        private bool TryKey(EventBatch batch, int row)
        {
            _key.Clear();
            foreach (var part in _by)
            {
                var value = part.Evaluate(batch, row);
                if (value.IsError && !value.IsMissing)
                {
                    batch.Fail(row, $"The key of dedupe cannot be told: {value.Reason}");
                    return false;
                }

                ValueJson.Write(_key, value.IsError ? Value.Null : value);
                _key.WriteByte((byte)'\n');
            }

            return true;
        }
    }
}
