using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Console;

/// <summary>Reads standard input, one event per line. It cannot be read again, so no position is kept.</summary>
[Component(ComponentKind.Source, "stdin", "Reads standard input, one event per line.", Example = "stdin: {}")]
public sealed class StdinSource : SourceDefinition
{
    /// <summary>The limit.</summary>
    [Option("The largest event; a longer one is a dead letter. By default 1mb for a line, and 16mb for a whole document.")]
    public ByteSize? MaxEvent { get; set; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new([new StdinPartition(context.StandardInput(), Files.FileSource.Limit(MaxEvent, context), context)]);
}
