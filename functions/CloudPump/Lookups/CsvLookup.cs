using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A lookup from a CSV file (RFC 4180).</summary>
[Component(ComponentKind.Lookup, "csv", "A lookup from a CSV file, read again when the file changes.", Example = "cells:\n  csv: {path: data/cells.csv, key: [plmn, cell]}")]
public sealed class CsvLookup : FileLookup
{
    /// <summary>How the text is written.</summary>
    [OptionGroup]
    public CsvOptions Text { get; } = new();

    private protected override LookupFormat Format => LookupFormat.Csv;

    private protected override CsvOptions Csv => Text;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        Text.Check(this, report);
    }
}
