using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Keeps a share of the events, always the same ones: by the event's id, or by a key, of which then all events stay or none.</summary>
[Component(ComponentKind.Filter, "sample", "Keeps a share of the events, always the same ones.", Example = "sample: {share: 0.1, by: session}",
    Given = """{"session": "s1"}""", Gives = [])]
public sealed class Sample : ProcessorDefinition
{
    /// <summary>How much.</summary>
    [Option("The share that stays, from 0 to 1.", Main = true, Required = true)]
    public double Share { get; set; }

    /// <summary>What stays together.</summary>
    [Option("An expression: events of the same value stay together. Without it each event is by itself.")]
    public Expression? By { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Share is not (>= 0 and <= 1))
        {
            report.Error(this, "share", "'share' takes 0 to 1.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(Share, (By ?? Expression.Parse("meta.id")).Compile(context));

    private sealed class Processor(double share, CompiledExpression by) : IProcessor
    {
        private readonly ByteBuffer _key = new(64);

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var value = by.Evaluate(batch, row);
                if (value.IsError && !value.IsMissing)
                {
                    batch.Fail(row, $"The key of the sample cannot be told: {value.Reason}");
                    continue;
                }

                _key.Clear();
                ValueJson.Write(_key, value.IsError ? Value.Null : value);

                // 53 bits of the hash as a fraction of one.
                if ((StableHash.Of(_key.Written) >> 11) * (1.0 / (1L << 53)) >= share)
                {
                    batch.Remove(row, Removal.Filtered);
                }
            }
        }
    }
}
