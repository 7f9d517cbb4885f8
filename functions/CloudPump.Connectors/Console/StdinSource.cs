using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Console;

/// <summary>Reads standard input, one event per line. It cannot be read again, so no position is kept.</summary>
[Component(ComponentKind.Source, "stdin", "Reads standard input, one event per line.", Example = "stdin: {}")]
public sealed class StdinSource : SourceDefinition
{
    /// <summary>The limit.</summary>
    [Option("The largest event; a longer line is a dead letter.")]
    public ByteSize MaxEvent { get; set; } = new(1 << 20);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new([new StdinPartition(context.StandardInput(), (int)Math.Min(MaxEvent.Bytes, Files.FileSource.LargestEvent), context)]);
}
