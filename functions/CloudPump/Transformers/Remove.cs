using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Removes fields; one that is not there is no mistake.</summary>
[Component(ComponentKind.Transformer, "remove", "Removes fields.", Example = "remove: [ident, user.email]",
    Given = """{"ident": "x", "user": {"id": 1, "email": "a@b.org"}}""", Gives = ["""{"user": {"id": 1}}"""])]
public sealed class Remove : ProcessorDefinition
{
    /// <summary>The fields.</summary>
    [Option("The fields; dots lead into objects.", Main = true, Required = true)]
    public List<string> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => Fields.ForEach(fields.Remove);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor([.. Fields.Select(f => new FieldPath(f, context.Fields))]);

    private sealed class Processor(FieldPath[] paths) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var path in paths)
                {
                    path.Remove(batch, row);
                }
            }
        }
    }
}
