using CloudPump.Parsers.AvroData;
using CloudPump.Pipelines;

namespace CloudPump.Generators;

/// <summary>
/// An Avro object container file (codecs null, deflate and snappy) becomes one event per record; the fields are those that the parser `avro` gives. A file that is damaged anywhere is
/// a dead letter as a whole.
/// </summary>
[Component(ComponentKind.Generator, "avro", "Makes one event of each record of an Avro container file.", Example = "avro",
    Given = "hex:4f626a0102166176726f2e736368656d610a22696e74220000112233445566778899aabbccddeeff0404020400112233445566778899aabbccddeeff", Gives = ["""{"value": 1}""", """{"value": 2}"""])]
public sealed class Avro : ProcessorDefinition
{
    /// <summary>The reader's schema.</summary>
    [Option("The schema to read the records by, when it is not the file's own: JSON text, or a file relative to the pipeline file.")]
    public string? ReaderSchema { get; set; }

    /// <summary>The largest block.</summary>
    [Option("How large a block of the file may be when decompressed.")]
    public ByteSize MaxBlock { get; set; } = new(64L << 20);

    /// <inheritdoc/>
    public override bool WholeDocuments => true;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        AvroSchemaOption.Check(this, "reader_schema", ReaderSchema, report);
        if (MaxBlock.Bytes is < 1 or > 1L << 30)
        {
            report.Error(this, "max_block", "'max_block' takes 1 to 1gb.");
        }
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        try
        {
            return new AvroContainer(ReaderSchema is null ? null : AvroSchemaOption.Load(this, ReaderSchema), context.Fields, MaxBlock.Bytes);
        }
        catch (AvroSchemaException e)
        {
            throw new DefinitionException([new Diagnostic(LocationOf("reader_schema"), e.Message)]);
        }
    }
}
