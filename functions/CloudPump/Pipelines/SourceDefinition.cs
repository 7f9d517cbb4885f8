using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>A source as a pipeline declares it.</summary>
public abstract class SourceDefinition : ComponentDefinition
{
    /// <summary>Opens the source: one reader for each of its partitions.</summary>
    public abstract ValueTask<IReadOnlyList<SourcePartition>> OpenAsync(SourceContext context, CancellationToken cancellationToken);
}
