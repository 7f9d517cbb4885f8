using CloudPump.Parsers.AvroData;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Apache Avro (specification 1.12): each event is one datum in binary encoding. A record's fields become fields, nested values lists and objects; bytes and fixed stay bytes
/// (in nested values base64), a union gives the plain value of its branch, timestamps become timestamps, dates and times text, decimals numbers with all their digits. Files of
/// many records are read by the generator `avro`.
/// </summary>
[Component(ComponentKind.Parser, "avro", "Reads each event as one Avro datum, written with a schema that is known.",
    Example = """parse: {avro: {schema: '{"type": "record", "name": "R", "fields": [{"name": "id", "type": "long"}, {"name": "tags", "type": {"type": "array", "items": "string"}}]}'}}""",
    Given = "hex:f6010204616200", Gives = ["""{"id": 123, "tags": ["ab"]}"""])]
public sealed class Avro : ParserDefinition
{
    /// <summary>The writer's schema.</summary>
    [Option("The schema that the events were written with: JSON text, or a file relative to the pipeline file.", Main = true, Required = true)]
    public string Schema { get; set; } = "";

    /// <summary>The reader's schema.</summary>
    [Option("The schema to read them by, when it is another: its defaults, aliases and promotions count.")]
    public string? ReaderSchema { get; set; }

    /// <summary>What stands before the datum.</summary>
    [Option("What stands before each datum: none, single_object (C3 01 and the schema's fingerprint, which is verified) or confluent (a zero and four bytes of a registry's number, passed over).")]
    public AvroFraming Framing { get; set; } = AvroFraming.None;

    /// <inheritdoc/>
    public override bool WholeDocuments => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        var writer = AvroSchemaOption.Check(this, "schema", Schema, report);
        var reader = AvroSchemaOption.Check(this, "reader_schema", ReaderSchema, report);
        if (writer is null || (ReaderSchema is not null && reader is null))
        {
            return;
        }

        try
        {
            AvroProgram.Create(writer, reader, new Events.FieldTable());
        }
        catch (AvroSchemaException e)
        {
            report.Error(this, reader is null ? "schema" : "reader_schema", e.Message);
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        try
        {
            var writer = AvroSchemaOption.Load(this, Schema);
            var reader = ReaderSchema is null ? null : AvroSchemaOption.Load(this, ReaderSchema);
            return new AvroDatumParser(AvroProgram.Create(writer, reader, context.Fields), Framing, AvroCanonicalForm.Fingerprint(writer));
        }
        catch (AvroSchemaException e)
        {
            throw new DefinitionException([new Diagnostic(LocationOf("schema"), e.Message)]);
        }
    }
}
