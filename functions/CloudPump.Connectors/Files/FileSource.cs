using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Files;

/// <summary>Reads files: one event per line, or one per file for parsers of whole documents. Every file is a partition of its own.</summary>
[Component(ComponentKind.Source, "file", "Reads files, one event per line; a position is kept per file.", Example = "file: /var/log/nginx/access*.log")]
public sealed class FileSource : TriggeredSource
{
    /// <summary>The largest event.</summary>
    public const int LargestEvent = Events.Slot.MaxLength;

    /// <summary>The limit of a source that sets none.</summary>
    internal static int Limit(ByteSize? set, SourceContext context) =>
        (int)Math.Min(set?.Bytes ?? (context.WholeDocuments ? LargestEvent : 1 << 20), LargestEvent);

    /// <summary>The files.</summary>
    [Option("The file; * and ? in its name stand for many, read in the order of their names.", Main = true, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>The limit.</summary>
    [Option("The largest event; a longer one is a dead letter. By default 1mb for a line, and 16mb for a whole document.")]
    public ByteSize? MaxEvent { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (MaxEvent is { Bytes: < 1 or > LargestEvent })
        {
            report.Error(this, "max_event", $"'max_event' takes 1 to {LargestEvent} bytes.");
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new([.. Files().Select(f => new FilePartition(f, Limit(MaxEvent, context), context))]);

    private IEnumerable<string> Files()
    {
        var name = System.IO.Path.GetFileName(Path);
        if (name.AsSpan().IndexOfAny('*', '?') < 0 || File.Exists(Path))
        {
            return [System.IO.Path.GetFullPath(Path)];
        }

        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        var files = Directory.GetFiles(folder, name);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new FileNotFoundException($"No file matches '{Path}'.");
    }
}
