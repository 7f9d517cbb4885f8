using CloudPump.Events;
using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Generators;

/// <summary>A document of delimited text (RFC 4180) becomes one event per record: of the original bytes, or of a text field. A record that is wrong is a dead letter by itself.</summary>
[Component(ComponentKind.Generator, "csv", "Makes one event of each record of a CSV document.",
    Example = "csv: {types: {n: int}}", Given = "city,n\nZürich,3\n\"Aarhus\nN\",4\n", Gives = ["""{"city": "Zürich", "n": 3}""", """{"city": "Aarhus\nN", "n": 4}"""])]
public sealed class Csv : ProcessorDefinition
{
    /// <summary>The field.</summary>
    [Option("The text field that holds the document; without it the original bytes are the document. The other fields are kept in every event.")]
    public string? Field { get; set; }

    /// <summary>How the text is written.</summary>
    [OptionGroup]
    public CsvOptions Text { get; } = new();

    /// <inheritdoc/>
    public override bool WholeDocuments => Field is null;

    /// <inheritdoc/>
    public override void Check(CheckReport report) => Text.Check(this, report);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        new CsvDocument(Text, context.Fields, Field is null ? null : new FieldPath(Field, context.Fields));
}
