using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Delimited text (RFC 4180). With `columns` an event is one record; without them it is a document whose first record has the names, and every further record becomes
/// an event.
/// </summary>
[Component(ComponentKind.Parser, "csv", "Reads delimited text (RFC 4180): a record whose columns are named here, or a whole document with a header.",
    Example = "parse: {csv: {columns: [id, name, price], types: {price: double}}}", Given = "7,\"Smith, Ann\",9.50", Gives = ["""{"id": "7", "name": "Smith, Ann", "price": 9.5}"""])]
public sealed class Csv : ParserDefinition
{
    /// <summary>How the text is written.</summary>
    [OptionGroup]
    public CsvOptions Text { get; } = new();

    /// <summary>A document.</summary>
    [Option("The event is a whole document of many records, although the columns are named here.")]
    public bool Document { get; set; }

    /// <inheritdoc/>
    public override bool WholeDocuments => Document || Text.Columns.Count == 0;

    /// <inheritdoc/>
    public override void Check(CheckReport report) => Text.Check(this, report);

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) =>
        WholeDocuments ? new CsvDocument(Text, context.Fields, null) : new CsvLine(Text, context.Fields);
}
