using System.Text.Json;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Generators;

/// <summary>
/// Makes one event of each item of a JSON list: of the original bytes (a whole file, a message), or of a text field. The members of an item that is an object become fields, any other item
/// the field `value`.
/// </summary>
[Component(ComponentKind.Generator, "json_array", "Makes one event of each item of a JSON list.",
    Example = "json_array: {path: records}", Given = """{"time": "10:00", "records": [{"id": 1}, {"id": 2}, 3]}""", Gives = ["""{"id": 1}""", """{"id": 2}""", """{"value": 3}"""])]
public sealed class JsonArray : ProcessorDefinition
{
    private const int MaxDepth = 256;

    /// <summary>The field.</summary>
    [Option("The text field that holds the JSON; without it the original bytes do. The other fields are kept in every event.")]
    public string? Field { get; set; }

    /// <summary>The way.</summary>
    [Option("The list's place in the document, as names with dots between them; without it the document is the list.", Main = true)]
    public string? Path { get; set; }

    /// <inheritdoc/>
    public override bool WholeDocuments => Field is null;

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new Processor(Field is null ? null : new FieldPath(Field, context.Fields), [.. Path?.Split('.').Select(System.Text.Encoding.UTF8.GetBytes) ?? []], Path ?? "", context.Fields.Id("value"));

    private sealed class Processor(FieldPath? field, byte[][] path, string place, ushort value) : EventGenerator
    {
        private readonly JsonReaderOptions _options = new() { MaxDepth = MaxDepth };
        private readonly JsonCheck _check = new(new JsonReaderOptions { MaxDepth = MaxDepth });
        private readonly JsonMembers _members = new(MaxDepth);

        protected override string? Generate(EventBatch batch, int row, ChildEvents children)
        {
            var (start, length) = (batch.Header(row).RawOffset, batch.Header(row).RawLength);
            if (field is not null)
            {
                var slot = field.Get(batch, row);
                (start, length) = slot.IsText ? (slot.Offset, slot.Length) : (0, -1);
            }

            if (length < 0)
            {
                return field is null ? RawParser.NoOriginal : $"The field '{field.Text}' holds no text.";
            }

            try
            {
                return _check.Problem(batch.Bytes(start, length)) ?? Read(batch, row, start, length, children);
            }
            catch (JsonException e)
            {
                return $"The document is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.";
            }
        }

        private string? Read(EventBatch batch, int row, int start, int length, ChildEvents children)
        {
            var reader = new Utf8JsonReader(batch.Bytes(start, length), _options);
            reader.Read();
            foreach (var name in path)
            {
                if (reader.TokenType != JsonTokenType.StartObject || !JsonObjectText.Find(ref reader, name))
                {
                    return $"The document has no list at '{place}'.";
                }
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return path.Length > 0 ? $"The document has no list at '{place}'." : "The document is no JSON list.";
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Item(batch, row, start, ref reader, children) is { } error)
                {
                    return error;
                }
            }

            // The rest is read too: a document that is cut is a dead letter as a whole.
            while (reader.Read())
            {
            }

            return null;
        }

        private string? Item(EventBatch batch, int row, int start, ref Utf8JsonReader reader, ChildEvents children)
        {
            var ahead = reader;
            var offset = (int)reader.TokenStartIndex;
            ahead.Skip();
            var length = (int)ahead.BytesConsumed - offset;
            if (!(field is null ? children.TryAdd(start + offset, length, out var child) : children.TryAdd(out child)))
            {
                return TooMany;
            }

            if (field is not null)
            {
                batch.CopyFields(row, child);
                field.Remove(batch, child);
            }

            batch.MarkParsed(child);
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return _members.Read(batch, child, start, ref reader);
            }

            var slot = JsonObjectText.ToSlot(batch, start, ref reader);
            batch.Put(child, value) = slot;
            return null;
        }
    }
}
