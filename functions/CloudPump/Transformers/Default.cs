using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Sets fields that are missing or null.</summary>
[Component(ComponentKind.Transformer, "default", "Sets fields that are missing or null.", Example = "default: {country: \"'unknown'\", retries: \"0\"}",
    Given = """{"country": null, "retries": 2}""", Gives = ["""{"country": "unknown", "retries": 2}"""])]
public sealed class Default : ProcessorDefinition
{
    /// <summary>Field to expression.</summary>
    [Option("Field (dots lead into objects) to the expression that gives its value.", Main = true, Required = true)]
    public NamedList<Expression> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        foreach (var (field, value) in Fields.Where(f => fields.Tells(f.Value)))
        {
            fields.Add(field);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => new Assignment(new FieldPath(f.Key, context.Fields), f.Value.Shown, f.Value.Compile(context), context.Fields.Id("#default")))]);

    private sealed class Processor(Assignment[] assignments) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var assignment in assignments)
                {
                    if (assignment.Target.Get(batch, row).Kind is FieldKind.Missing or FieldKind.Null && !assignment.TryApply(batch, row))
                    {
                        break;
                    }
                }
            }
        }
    }
}
