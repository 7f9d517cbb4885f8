using System.Text.Json;
using System.Text.Unicode;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>JSON (RFC 8259): the members of an object become fields; any other value becomes the field `value`. Of a name given twice the last value counts.</summary>
[Component(ComponentKind.Parser, "json", "Reads each event as one JSON value; the members of an object become fields.", Example = "parse: json")]
public sealed class Json : ParserDefinition
{
    /// <summary>How deep values may be nested.</summary>
    [Option("How deep values may be nested; deeper events are dead letters.")]
    public int MaxDepth { get; set; } = 256;

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Parser(MaxDepth, context.Fields);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (MaxDepth is < 1 or > 512)
        {
            report.Error(this, "max_depth", "'max_depth' takes 1 to 512.");
        }
    }

    private sealed class Parser(int maxDepth, FieldTable fields) : RawParser
    {
        private readonly JsonReaderOptions _options = new() { MaxDepth = maxDepth };
        private readonly ushort _value = fields.Id("value");
        private readonly ByteBuffer _name = new(256);

        protected override string? Parse(EventBatch batch, int row)
        {
            // The reader checks strings only when it decodes them, and most are never decoded here.
            if (!Utf8.IsValid(batch.Raw(row)))
            {
                return "The event is not valid UTF-8.";
            }

            try
            {
                CheckSurrogates(batch.Raw(row));
                return ParseText(batch, row);
            }
            catch (JsonException e)
            {
                return $"The event is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.";
            }
            catch (InvalidOperationException)
            {
                return "The event is not valid JSON: a string holds half of a surrogate pair.";
            }
        }

        // The reader looks at escapes only when it decodes a string, and strings inside lists and objects are never decoded here. Later steps would
        // stumble over half of a surrogate pair, so the few events that have surrogates at all are read twice.
        private void CheckSurrogates(ReadOnlySpan<byte> text)
        {
            if (text.IndexOf("\\ud"u8) < 0 && text.IndexOf("\\uD"u8) < 0)
            {
                return;
            }

            var reader = new Utf8JsonReader(text, _options);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _name.Clear();
                    reader.CopyString(_name.GetSpan(reader.ValueSpan.Length));
                }
            }
        }

        private string? ParseText(EventBatch batch, int row)
        {
            var start = batch.Header(row).RawOffset;
            var reader = new Utf8JsonReader(batch.Raw(row), _options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var value = JsonObjectText.ToSlot(batch, start, ref reader);
                batch.Put(row, _value) = value;
                reader.Read();
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (batch.FieldCount(row) >= EventBatch.MaxFields)
                {
                    return $"The event has more than {EventBatch.MaxFields} fields.";
                }

                if (!TryName(ref reader, batch, out var id))
                {
                    return $"The pipeline has met more than {FieldTable.MaxNames} different field names; this event brings another one.";
                }

                reader.Read();
                var slot = JsonObjectText.ToSlot(batch, start, ref reader);
                batch.Put(row, id) = slot;
            }

            // What follows the object must be nothing: the reader throws if it is not.
            reader.Read();
            return null;
        }

        private bool TryName(ref Utf8JsonReader reader, EventBatch batch, out ushort id)
        {
            if (!reader.ValueIsEscaped)
            {
                return batch.Fields.TryAdd(reader.ValueSpan, out id);
            }

            _name.Clear();
            _name.Advance(reader.CopyString(_name.GetSpan(reader.ValueSpan.Length)));
            return batch.Fields.TryAdd(_name.Written, out id);
        }
    }
}
