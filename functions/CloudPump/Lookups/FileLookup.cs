using System.Globalization;
using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A lookup from a file, read again when the file's time or length changes.</summary>
public abstract class FileLookup : LookupDefinition
{
    /// <summary>The file.</summary>
    [Option("The file, relative to lookups.yaml.", Required = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    [Option("How often it is looked whether the file has changed.")]
    public override TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Its format.</summary>
    private protected abstract LookupFormat Format { get; }

    /// <summary>How delimited text is written.</summary>
    private protected virtual CsvOptions Csv { get; } = new();

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Location.File is not null && !File.Exists(FullPath(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Location.File))!)))
        {
            report.Error(this, "path", $"There is no file '{Path}'.");
        }
    }

    /// <inheritdoc/>
    public override async ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken)
    {
        var file = new FileInfo(FullPath(load.Folder));
        if (!file.Exists)
        {
            throw new LookupException($"The file '{Path}' of the lookup '{load.Name}' does not exist.");
        }

        var state = string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks}:{file.Length}");
        if (state == load.State)
        {
            load.IsUnchanged = true;
            return;
        }

        await using var input = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await load.ReadAsync(input, Format, Csv, cancellationToken);
        load.State = state;
    }

    private string FullPath(string folder) => System.IO.Path.Combine(folder, Path);
}
