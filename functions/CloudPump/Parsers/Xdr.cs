using CloudPump.Parsers.Layouts;
using CloudPump.Pipelines;

namespace CloudPump.Parsers;

/// <summary>
/// Binary records of telecom networks (xDRs), by a layout that tells their fields: a ready one (`s1`), or a YAML file (docs/xdr.md). Each event is one record, binary or as text.
/// </summary>
[Component(ComponentKind.Parser, "xdr", "Reads binary telecom records by a layout: fixed places or tags, BCD digits, bits, groups.",
    Example = "parse: {xdr: {layout: s1, encoding: hex}}",
    Given = "01000102030405060708090a0b0c0d0e0f0000000709000001a12d07e6db000001a12d07e705000210010122081132547698f022f81000123401",
    Gives = ["""
        {"version": 1, "record_id": "000102030405060708090a0b0c0d0e0f", "probe_id": 7, "procedure_code": 9, "procedure": "initial_context_setup",
         "start_time": "2026-10-11T22:14:15.003Z", "end_time": "2026-10-11T22:14:15.045Z", "result": "success",
         "flags": {"emergency": false, "csfb": false, "handover": false, "srvcc": false, "roaming": true, "retransmitted": false, "one_sided": false, "ciphered": false, "establishment_cause": 2},
         "imsi": "228011234567890", "ecgi": {"plmn": "22801", "eci": 1192961}}
        """])]
public sealed class Xdr : ParserDefinition
{
    /// <summary>The layout.</summary>
    [Option("The layout: a ready one (s1), or a YAML file (docs/xdr.md) relative to the pipeline file.", Main = true, Required = true)]
    public string Layout { get; set; } = "";

    /// <summary>How a record travels.</summary>
    [Option("How a record travels: binary (an event is a record as it is), hex or base64 (a line of text is one).")]
    public XdrEncoding Encoding { get; set; } = XdrEncoding.Binary;

    /// <inheritdoc/>
    public override bool WholeDocuments => Encoding == XdrEncoding.Binary;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        var diagnostics = new List<Diagnostic>();
        Compile(new Events.FieldTable(), diagnostics);
        diagnostics.ForEach(d => report.Error(d.Location, d.Message));
    }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var diagnostics = new List<Diagnostic>();
        return Compile(context.Fields, diagnostics) is var (body, registers) && body is not null
            ? new XdrParser(body, registers, Encoding, context.Fields)
            : throw new DefinitionException(diagnostics);
    }

    private (LayoutBody? Body, int Registers) Compile(Events.FieldTable fields, List<Diagnostic> diagnostics)
    {
        if (LayoutFile.Load(Layout, this, diagnostics) is not { } layout)
        {
            return (null, 0);
        }

        var compiler = new LayoutCompiler(layout, fields, diagnostics);
        return (compiler.Compile(), compiler.Registers);
    }
}
