using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Transformers;

/// <summary>Keeps the named fields and removes all others. The fields keep their order.</summary>
[Component(ComponentKind.Transformer, "keep", "Keeps the named fields and removes all others.", Example = "keep: [id, user.country]",
    Given = """{"id": 1, "user": {"name": "Ann", "country": "DE"}, "note": "x"}""", Gives = ["""{"id": 1, "user": {"country": "DE"}}"""])]
public sealed class Keep : ProcessorDefinition
{
    /// <summary>The fields.</summary>
    [Option("The fields; dots lead into objects, of which only the named members stay.", Main = true, Required = true)]
    public List<string> Fields { get; set; } = [];

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => fields.Keep(Fields);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(Fields, context.Fields);

    private sealed class Processor(IReadOnlyList<string> names, FieldTable fields) : IProcessor
    {
        private readonly ushort[] _whole = [.. names.Select(fields.Id)];
        private readonly FieldPath[] _nested = [.. names.Where(n => n.Contains('.', StringComparison.Ordinal)).Select(n => new FieldPath(n, fields))];
        private readonly Slot[] _values = new Slot[names.Count];

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                for (var i = 0; i < _nested.Length; i++)
                {
                    _values[i] = _nested[i].IsTopLevel(batch, row, out _) ? default : _nested[i].Get(batch, row);
                }

                for (var i = batch.FieldCount(row) - 1; i >= 0; i--)
                {
                    if (!_whole.AsSpan().Contains(batch.FieldIds(row)[i]))
                    {
                        batch.RemoveField(row, batch.FieldIds(row)[i]);
                    }
                }

                PutNested(batch, row);
            }
        }

        private void PutNested(EventBatch batch, int row)
        {
            for (var i = 0; i < _nested.Length; i++)
            {
                if (_values[i].Kind != FieldKind.Missing)
                {
                    _nested[i].Put(batch, row, _values[i]);
                }
            }
        }
    }
}
