using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Sets fields to what expressions yield, one after another: a later one sees what an earlier one set.</summary>
[Component(ComponentKind.Transformer, "set", "Sets fields to the values of expressions.", Example = "set: {is_error: \"status >= 500\", host: \"'web-1'\"}")]
public sealed class Set : ProcessorDefinition
{
    /// <summary>Field to expression.</summary>
    [Option("Field (dots lead into objects) to expression.", Main = true, Required = true)]
    public NamedList<Expression> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => new Assignment(new FieldPath(f.Key, context.Fields), f.Value.Shown, f.Value.Compile(context)))], context.Fields);

    private sealed record Assignment(FieldPath Target, string Text, CompiledExpression Value);

    private sealed class Processor(Assignment[] assignments, FieldTable fields) : IProcessor
    {
        private readonly ushort _scratch = fields.Id("#set");

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var assignment in assignments)
                {
                    if (!Assign(batch, row, assignment))
                    {
                        break;
                    }
                }
            }
        }

        private bool Assign(EventBatch batch, int row, Assignment assignment)
        {
            var value = assignment.Value.Evaluate(batch, row);
            if (value.IsError)
            {
                batch.Fail(row, $"'{assignment.Target.Text}' cannot be set to '{assignment.Text}': {value.Reason}");
                return false;
            }

            if (assignment.Target.IsTopLevel(batch, row, out var field))
            {
                ValueFields.Set(batch, row, field, value);
            }
            else
            {
                ValueFields.Set(batch, row, _scratch, value);
                assignment.Target.MoveFrom(batch, row, _scratch);
            }

            return true;
        }
    }
}
