namespace CloudPump.Hosting;

/// <summary>Named key-value tables that all instances of a host see: what dynamic lookups and the memory of processors are kept in.</summary>
public interface ISharedTables
{
    /// <summary>The value of a key, or null.</summary>
    Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken);

    /// <summary>Sets and removes entries; a failure may leave some of them done.</summary>
    Task SetAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);

    /// <summary>The entries of a table whose keys come after one (ordinal), by key; of the whole table without it.</summary>
    IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, string? after, CancellationToken cancellationToken);
}
