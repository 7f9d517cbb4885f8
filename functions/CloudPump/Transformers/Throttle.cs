using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Lets at most so many events of a key pass in each span of the time received; the others are filtered out.</summary>
[Component(ComponentKind.Filter, "throttle", "Lets at most so many events of a key pass in a span of time.", Example = "throttle: {limit: 100, per: 1s, by: client_ip}", Given = """{"client_ip": "203.0.113.7"}""", Gives = ["""{"client_ip": "203.0.113.7"}"""],
    NotRepeatable = "which events pass depends on when they are received")]
public sealed class Throttle : ProcessorDefinition
{
    /// <summary>How many.</summary>
    [Option("How many events pass in each span.", Main = true, Required = true)]
    public int Limit { get; set; }

    /// <summary>The span.</summary>
    [Option("The span of time.")]
    public TimeSpan Per { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The key.</summary>
    [Option("An expression: each of its values has a limit of its own. Without it there is one for all.")]
    public Expression? By { get; set; }

    /// <summary>Bound.</summary>
    [Option("How many keys are counted at once; events of further keys pass.")]
    public int MaxKeys { get; set; } = 100_000;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Limit < 0)
        {
            report.Error(this, "limit", "'limit' takes 0 or more.");
        }

        if (Per <= TimeSpan.Zero)
        {
            report.Error(this, "per", "'per' takes more than 0s.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(this, (By ?? Expression.Parse("0")).Compile(context));

    private sealed class Processor(Throttle options, CompiledExpression by) : IProcessor
    {
        private readonly Dictionary<ulong, int> _counts = [];
        private readonly ByteBuffer _key = new(64);
        private long _span = -1;

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var value = by.Evaluate(batch, row);
                if (value.IsError && !value.IsMissing)
                {
                    batch.Fail(row, $"The key of the throttle cannot be told: {value.Reason}");
                }
                else if (!Passes(batch.Header(row).Received / options.Per.Ticks, value))
                {
                    batch.Remove(row, Removal.Filtered);
                }
            }
        }

        private bool Passes(long span, in Value value)
        {
            if (span != _span)
            {
                _counts.Clear();
                _span = span;
            }

            _key.Clear();
            ValueJson.Write(_key, value.IsError ? Value.Null : value);
            var key = StableHash.Of(_key.Written);
            var known = _counts.TryGetValue(key, out var count);
            if (!known && _counts.Count >= options.MaxKeys)
            {
                return true;
            }

            _counts[key] = count + 1;
            return count < options.Limit;
        }
    }
}
