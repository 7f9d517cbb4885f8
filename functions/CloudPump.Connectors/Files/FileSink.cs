using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Files;

/// <summary>
/// Writes a file. Its length is committed together with the source positions; after a crash the file is cut back to the committed length,
/// so that every event is in it exactly once.
/// </summary>
[Component(ComponentKind.Sink, "file", "Writes events to a file, as NDJSON or CSV.", Example = "file: {path: out/orders.csv, columns: [id, customer, total]}")]
public sealed class FileSink : SinkDefinition
{
    /// <summary>The file.</summary>
    [Option("The file; its folder is made when it is not there. Relative to the working directory.", Main = true, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>The format.</summary>
    [Option("The format; without it the file's extension tells (.csv is CSV, everything else NDJSON).")]
    public FileFormat? Format { get; set; }

    /// <summary>The columns.</summary>
    [Option("The columns of a CSV file; without it the fields of the first event. An event with a field that is no column is a dead letter.")]
    public List<string> Columns { get; set; } = [];

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Columns.Count > 0 && !IsCsv)
        {
            report.Error(this, "columns", "'columns' belongs to CSV; this file is NDJSON.");
        }
    }

    /// <inheritdoc/>
    public override ISink Build(BuildContext context) => new FileWriter(
        System.IO.Path.GetFullPath(Path), IsCsv ? new CsvEvents(Columns) : new NdjsonEvents(), context.Durable);

    private bool IsCsv => (Format ?? (Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? FileFormat.Csv : FileFormat.Ndjson)) == FileFormat.Csv;
}
