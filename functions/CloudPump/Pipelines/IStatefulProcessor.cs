using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>A step that remembers something between batches: what it writes through <see cref="BuildContext.Writes"/> it gets back here when the pipeline starts again.</summary>
public interface IStatefulProcessor : IProcessor
{
    /// <summary>Reads what was written with the commits so far; called before the first batch.</summary>
    Task LoadAsync(ISharedTables tables, CancellationToken cancellationToken);
}
