using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Generators;

/// <summary>Makes one event of each line: of the original bytes (a whole file, a message), or of a text field. Empty lines make none.</summary>
[Component(ComponentKind.Generator, "lines", "Makes one event of each line of a document or of a text field.",
    Example = "lines: {field: log, target: line}", Given = """{"host": "web-1", "log": "started\nready\n"}""", Gives = ["""{"host": "web-1", "line": "started"}""", """{"host": "web-1", "line": "ready"}"""])]
public sealed class Lines : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The text field; without it the original bytes are split, and a parser may follow.", Main = true)]
    public string? Field { get; set; }

    /// <summary>Where a line goes.</summary>
    [Option("The field that gets the line; by default the one that was split. The other fields are kept.")]
    public string? Target { get; set; }

    /// <inheritdoc/>
    public override bool WholeDocuments => Field is null;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Field is null && Target is not null)
        {
            report.Error(this, "target", "'target' takes the line of a field, so 'field' must name one.");
        }
    }

    /// <inheritdoc/>
    public override void TracePersonal(PersonalFields fields)
    {
        if (Field is not null && Target is not null)
        {
            fields.Rename(Field, Target);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => Field is null
        ? new OfDocument()
        : new OfField(new FieldPath(Field, context.Fields), Target is null ? null : new FieldPath(Target, context.Fields), context.Fields.Id("#lines"));

    private sealed class OfDocument : EventGenerator
    {
        protected override string? Generate(EventBatch batch, int row, ChildEvents children)
        {
            if (batch.Header(row).RawLength < 0)
            {
                return RawParser.NoOriginal;
            }

            var (start, end) = (batch.Header(row).RawOffset, batch.Header(row).RawOffset + batch.Header(row).RawLength);
            while (LineEnds.TryNext(batch, ref start, end, out var offset, out var length))
            {
                if (length > 0 && !children.TryAdd(offset, length, out _))
                {
                    return TooMany;
                }
            }

            return null;
        }
    }

    private sealed class OfField(FieldPath field, FieldPath? target, ushort scratch) : EventGenerator
    {
        protected override string? Generate(EventBatch batch, int row, ChildEvents children)
        {
            var slot = field.Get(batch, row);
            if (slot.Kind is FieldKind.Missing or FieldKind.Null)
            {
                children.Keep();
                return null;
            }

            if (!slot.IsText)
            {
                return $"The field '{field.Text}' is no text that could be split into lines.";
            }

            var (start, end) = (slot.Offset, slot.Offset + slot.Length);
            while (LineEnds.TryNext(batch, ref start, end, out var offset, out var length))
            {
                if (length == 0)
                {
                    continue;
                }

                if (!children.TryAdd(out var child))
                {
                    return TooMany;
                }

                batch.CopyFields(row, child);
                if (target is not null)
                {
                    field.Remove(batch, child);
                }

                batch.Put(child, scratch).SetText(JsonText.IsPlain(batch.Bytes(offset, length)) ? FieldKind.PlainString : FieldKind.String, offset, length);
                (target ?? field).MoveFrom(batch, child, scratch);
            }

            return null;
        }
    }
}
