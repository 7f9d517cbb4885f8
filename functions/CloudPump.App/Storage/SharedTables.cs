using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>Shared tables as partitions of one Azure table.</summary>
public sealed class SharedTables(Tables tables) : ISharedTables
{
    private const string Key = "Key";
    private const string Value = "Value";
    private const int MostRows = 100;
    private const int MostBytes = 2 << 20;

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken)
    {
        var row = await (await tables.SharedAsync()).GetEntityIfExistsAsync<TableEntity>(StorageKey.Of(table), StorageKey.Of(key), cancellationToken: cancellationToken);
        return row.HasValue ? TableBytes.Get(row.Value!, Value) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is larger than what a row takes.</exception>
    public async Task SetAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var client = await tables.SharedAsync();
        foreach (var table in writes.GroupBy(w => w.Table, StringComparer.Ordinal))
        {
            foreach (var rows in Chunks(table.Where(w => w.Value is not null).Select(Row)))
            {
                await client.SubmitTransactionAsync(rows.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancellationToken);
            }

            // One by one: of what is gone already, a transaction would fail.
            foreach (var write in table.Where(w => w.Value is null))
            {
                await DeleteAsync(client, StorageKey.Of(write.Table), StorageKey.Of(write.Key), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = $"PartitionKey eq '{StorageKey.Of(table)}'" + (after is null ? "" : $" and RowKey gt '{StorageKey.Of(after)}'");
        await foreach (var row in (await tables.SharedAsync()).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return KeyValuePair.Create(row.GetString(Key), TableBytes.Get(row, Value) ?? []);
        }
    }

    private static TableEntity Row(TableWrite write)
    {
        if (write.Value!.Length > TableBytes.Most)
        {
            throw new ArgumentException($"A value of the table '{write.Table}' has {write.Value.Length} bytes; it can have {TableBytes.Most}.");
        }

        // The key itself is kept beside its escaped form, so that a list can tell it.
        var row = new TableEntity(StorageKey.Of(write.Table), StorageKey.Of(write.Key)) { [Key] = write.Key };
        TableBytes.Set(row, Value, write.Value);
        return row;
    }

    // A transaction takes 100 rows and 4 MiB of text; bytes travel as Base64.
    private static IEnumerable<List<TableEntity>> Chunks(IEnumerable<TableEntity> rows)
    {
        var chunk = new List<TableEntity>();
        long bytes = 0;
        foreach (var row in rows)
        {
            var size = TableBytes.Get(row, Value)!.Length + 2_000;
            if (chunk.Count == MostRows || (chunk.Count > 0 && bytes + size > MostBytes))
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }

            chunk.Add(row);
            bytes += size;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    private static async Task DeleteAsync(TableClient client, string partition, string row, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // It is gone already.
        }
    }
}
