using System.Runtime.CompilerServices;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>Named key-value tables: what dynamic lookups and the memory of processors are kept in.</summary>
internal sealed class TableStore(StoreDatabase database) : ISharedTables
{
    private const int PageSize = 1_000;
    private const string Upsert = "INSERT INTO entry(name, key, value) VALUES($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value";
    private const string Remove = "DELETE FROM entry WHERE name = $1 AND key = $2";

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT value FROM entry WHERE name = $1 AND key = $2");
            return Task.FromResult((byte[]?)read.Scalar(table, key));
        }
    }

    /// <inheritdoc/>
    public Task SetAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        lock (database.WriteLock)
        {
            StoreDatabase.Execute(database.Writer, "BEGIN IMMEDIATE");
            try
            {
                Write(writes);
                StoreDatabase.Execute(database.Writer, "COMMIT");
            }
            catch
            {
                StoreDatabase.Execute(database.Writer, "ROLLBACK");
                throw;
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Sets and removes entries inside the running transaction.</summary>
    public void Write(IReadOnlyList<TableWrite> writes)
    {
        if (writes.Count == 0)
        {
            return;
        }

        using var upsert = new Statement(database.Writer, Upsert);
        using var remove = new Statement(database.Writer, Remove);
        foreach (var write in writes)
        {
            if (write.Value is null)
            {
                remove.Run(write.Table, write.Key);
            }
            else
            {
                upsert.Run(write.Table, write.Key, write.Value);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        after ??= "";
        for (var page = List(table, after); page.Count > 0; page = List(table, after))
        {
            foreach (var entry in page)
            {
                yield return entry;
            }

            after = page[^1].Key;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // Page by page, so that the store is not locked for long.
    private List<KeyValuePair<string, byte[]>> List(string table, string after)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT key, value FROM entry WHERE name = $1 AND key > $2 ORDER BY key LIMIT $3");
            using var rows = read.Query(table, after, PageSize);
            var entries = new List<KeyValuePair<string, byte[]>>();
            while (rows.Read())
            {
                entries.Add(KeyValuePair.Create(rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
            }

            return entries;
        }
    }
}
