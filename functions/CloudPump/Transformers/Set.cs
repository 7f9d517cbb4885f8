using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Sets fields to what expressions yield, one after another: a later one sees what an earlier one set.</summary>
[Component(ComponentKind.Transformer, "set", "Sets fields to the values of expressions.", Example = "set: {is_error: \"status >= 500\", host: \"'web-1'\"}",
    Given = """{"status": 503}""", Gives = ["""{"status": 503, "is_error": true, "host": "web-1"}"""])]
public sealed class Set : ProcessorDefinition
{
    /// <summary>Field to expression.</summary>
    [Option("Field (dots lead into objects) to expression.", Main = true, Required = true)]
    public NamedList<Expression> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => Fields.ForEach(f => fields.Set(f.Key, f.Value));

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => new Assignment(new FieldPath(f.Key, context.Fields), f.Value.Shown, f.Value.Compile(context), context.Fields.Id("#set")))]);

    private sealed class Processor(Assignment[] assignments) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var assignment in assignments)
                {
                    if (!assignment.TryApply(batch, row))
                    {
                        break;
                    }
                }
            }
        }
    }
}
