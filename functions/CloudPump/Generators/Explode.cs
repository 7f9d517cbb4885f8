using System.Text.Json;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Generators;

/// <summary>Makes one event of each item of a list field; the other fields are kept in every event. An event whose list is missing, null or empty stays as it is.</summary>
[Component(ComponentKind.Generator, "explode", "Makes one event of each item of a list field.",
    Example = "explode: {field: items, target: item}", Given = """{"order": 7, "items": ["a", {"sku": "b"}]}""", Gives = ["""{"order": 7, "item": "a"}""", """{"order": 7, "item": {"sku": "b"}}"""])]
public sealed class Explode : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The field that holds the list; dots lead into objects.", Main = true, Required = true)]
    public string Field { get; set; } = "";

    /// <summary>The target.</summary>
    [Option("The field that gets the item; by default the list's own.")]
    public string? Target { get; set; }

    /// <summary>Spread.</summary>
    [Option("The members of an item that is an object become fields of the event.")]
    public bool Merge { get; set; }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields) => fields.Copy(Field, Target ?? Field);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor(new FieldPath(Field, context.Fields), new FieldPath(Target ?? Field, context.Fields), Merge);

    private sealed class Processor(FieldPath field, FieldPath target, bool merge) : EventGenerator
    {
        private readonly JsonMembers _members = new(512);

        protected override string? Generate(EventBatch batch, int row, ChildEvents children)
        {
            var list = field.Get(batch, row);
            if (list.Kind is FieldKind.Missing or FieldKind.Null || (list.Kind == FieldKind.List && batch.Text(list)[1..^1].Trim(" \t\r\n"u8).IsEmpty))
            {
                children.Keep();
                return null;
            }

            if (list.Kind != FieldKind.List)
            {
                return $"The field '{field.Text}' is no list.";
            }

            var reader = new Utf8JsonReader(batch.Text(list), new JsonReaderOptions { MaxDepth = 512 });
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!children.TryAdd(out var child))
                {
                    return TooMany;
                }

                batch.CopyFields(row, child);
                field.Remove(batch, child);
                if (merge && reader.TokenType == JsonTokenType.StartObject)
                {
                    if (_members.Read(batch, child, list.Offset, ref reader) is { } error)
                    {
                        return error;
                    }
                }
                else
                {
                    target.Put(batch, child, JsonObjectText.ToSlot(batch, list.Offset, ref reader));
                }
            }

            return null;
        }
    }
}
