using CloudPump.Pipelines;

namespace CloudPump.Hosting;

/// <summary>Reads a stream of the host: an event hub on Azure, the embedded log on one machine.</summary>
[Component(ComponentKind.Source, "stream", "Reads a stream: an event hub on Azure, the embedded log on one machine.", Example = "stream: weblogs")]
public sealed class StreamSource : SourceDefinition
{
    /// <summary>The stream.</summary>
    [Option("The stream's name.", Main = true, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Its partitions.</summary>
    [Option("How many partitions a new stream gets; an existing one keeps its number.")]
    public int Partitions { get; set; } = 4;

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken) =>
        new(context.Streams.Open(Name, context.Pipeline, Partitions));
}
