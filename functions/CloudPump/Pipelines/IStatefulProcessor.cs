using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>A step that remembers something between batches, in numbered rows of a table of its own, which it writes through <see cref="BuildContext.Writes"/>.</summary>
public interface IStatefulProcessor : IProcessor
{
    /// <summary>The table.</summary>
    string Memory { get; }

    /// <summary>The number of the next row: kept with the position, it tells which rows count.</summary>
    long MemoryEnd { get; }

    /// <summary>Reads what was written with the commits so far; called before the first batch.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="end">Rows from this number on do not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task LoadAsync(ISharedTables tables, long end, CancellationToken cancellationToken);
}
