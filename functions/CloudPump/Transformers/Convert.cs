using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>
/// Gives fields another type. Numbers are read as JSON has them (leading zeros are taken), truth as true, false, yes, no, on, off, 1 and 0, times as RFC 3339 (other formats:
/// `timestamp`). A double with a fraction is no int. Fields that are missing or null stay so.
/// </summary>
[Component(ComponentKind.Transformer, "convert", "Gives fields another type: text, int, double, bool or timestamp.", Example = "convert: {fields: {status: int, ok: bool, id: text}}",
    Given = """{"status": "0404", "ok": "yes", "id": 17}""", Gives = ["""{"status": 404, "ok": true, "id": "17"}"""])]
public sealed class Convert : ProcessorDefinition
{
    /// <summary>Field to type.</summary>
    [Option("Field (dots lead into objects) to type.", Required = true)]
    public NamedList<FieldType> Fields { get; set; } = [];

    /// <summary>Otherwise.</summary>
    [Option("What becomes of an event with a value that has no such type: it is a dead letter, keeps the value, or gets null.")]
    public OnError OnError { get; set; }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor([.. Fields.Select(f => (new FieldPath(f.Key, context.Fields), f.Value))], OnError);

    private sealed class Processor((FieldPath Path, FieldType Type)[] fields, OnError onError) : IProcessor
    {
        private readonly FieldConversion _conversion = new();

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                foreach (var (path, type) in fields)
                {
                    var slot = path.Get(batch, row);
                    if (slot.Kind is FieldKind.Missing or FieldKind.Null)
                    {
                        continue;
                    }

                    if (_conversion.TryConvert(batch, slot, type, out var converted))
                    {
                        path.Put(batch, row, converted);
                    }
                    else
                    {
                        FailedValue.Apply(onError, batch, row, path, $"The field '{path.Text}' cannot become a value of the type {type.ToString().ToLowerInvariant()}.");
                    }
                }
            }
        }
    }
}
