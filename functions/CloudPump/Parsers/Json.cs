using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// JSON (RFC 8259): the members of an object become fields. A list of objects, and objects on lines of their own (NDJSON), become an event each; any other value becomes the field
/// `value`. Of a name given twice the last value counts; numbers keep all their digits.
/// </summary>
[Component(ComponentKind.Parser, "json", "Reads JSON: the members of an object become fields, and each object of a list or of lines (NDJSON) becomes an event.",
    Example = "parse: json", Given = """[{"id": 1, "n": 1.50}, {"id": 2}]""", Gives = ["""{"id": 1, "n": 1.50}""", """{"id": 2}"""])]
public sealed class Json : ParserDefinition
{
    /// <summary>How deep values may be nested.</summary>
    [Option("How deep values may be nested; deeper events are dead letters.")]
    public int MaxDepth { get; set; } = 256;

    /// <summary>A document.</summary>
    [Option("The event is a whole document: a file is read whole and not line by line.")]
    public bool Document { get; set; }

    /// <inheritdoc/>
    public override bool WholeDocuments => Document;

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new JsonParser(MaxDepth, context.Fields.Id("value"));

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (MaxDepth is < 1 or > 512)
        {
            report.Error(this, "max_depth", "'max_depth' takes 1 to 512.");
        }
    }
}
