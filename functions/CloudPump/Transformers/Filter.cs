using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Keeps the events for which a condition holds. Over a missing field a condition is false; any other error makes a dead letter.</summary>
[Component(ComponentKind.Filter, "filter", "Keeps the events for which the condition holds; the others are filtered out.", Example = "filter: \"!path.startsWith('/health')\"",
    Given = """{"path": "/health/live"}""", Gives = [])]
public sealed class Filter : ProcessorDefinition
{
    /// <summary>The condition.</summary>
    [Option("The condition that an event must meet to stay.", Main = true, Required = true)]
    public Expression When { get; set; } = Expression.Parse("true");

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(When.Shown, When.CompileCondition(context));

    private sealed class Processor(string text, Condition condition) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                if (condition.Test(batch, row, out var error))
                {
                    continue;
                }

                if (error is null)
                {
                    batch.Remove(row, Removal.Filtered);
                }
                else
                {
                    batch.Fail(row, $"The condition '{text}' cannot be told: {error}");
                }
            }
        }
    }
}
