using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Gives fields other names. A field that has the new name already is replaced; one that is not there is no mistake.</summary>
[Component(ComponentKind.Transformer, "rename", "Gives fields other names.", Example = "rename: {client_ip: source_ip}",
    Given = """{"client_ip": "203.0.113.7", "n": 1}""", Gives = ["""{"source_ip": "203.0.113.7", "n": 1}"""])]
public sealed class Rename : ProcessorDefinition
{
    /// <summary>Old name to new name.</summary>
    [Option("Old name to new name; dots lead into objects.", Main = true, Required = true)]
    public NamedList<string> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => Fields.ForEach(f => fields.Rename(f.Key, f.Value));

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor([.. Fields.Select(f => (new FieldPath(f.Key, context.Fields), new FieldPath(f.Value, context.Fields)))], context.Fields);

    private sealed class Processor((FieldPath From, FieldPath To)[] names, FieldTable fields) : IProcessor
    {
        private readonly ushort _scratch = fields.Id("#rename");

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var (from, to) in names)
                {
                    Move(batch, row, from, to);
                }
            }
        }

        private void Move(EventBatch batch, int row, FieldPath from, FieldPath to)
        {
            if (from.IsTopLevel(batch, row, out var old) && to.IsTopLevel(batch, row, out var field))
            {
                batch.RenameField(row, old, field);
                return;
            }

            var slot = from.Get(batch, row);
            if (slot.Kind != FieldKind.Missing)
            {
                from.Remove(batch, row);
                batch.Put(row, _scratch) = slot;
                to.MoveFrom(batch, row, _scratch);
            }
        }
    }
}
