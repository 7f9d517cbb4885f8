namespace CloudPump.Hosting;

/// <summary>Named key-value tables that all instances of a host see: what dynamic lookups are kept in.</summary>
public interface ISharedTables
{
    /// <summary>The value of a key, or null.</summary>
    Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken);

    /// <summary>Sets the value of a key; null deletes it.</summary>
    Task SetAsync(string table, string key, byte[]? value, CancellationToken cancellationToken);

    /// <summary>The entries of a table, by key.</summary>
    IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, CancellationToken cancellationToken);
}
