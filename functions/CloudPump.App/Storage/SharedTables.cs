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

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken)
    {
        var row = await (await tables.SharedAsync()).GetEntityIfExistsAsync<TableEntity>(StorageKey.Of(table), StorageKey.Of(key), cancellationToken: cancellationToken);
        return row.HasValue ? TableBytes.Get(row.Value!, Value) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is larger than what a row takes.</exception>
    public async Task SetAsync(string table, string key, byte[]? value, CancellationToken cancellationToken)
    {
        var client = await tables.SharedAsync();
        if (value is null)
        {
            await DeleteAsync(client, StorageKey.Of(table), StorageKey.Of(key), cancellationToken);
            return;
        }

        if (value.Length > TableBytes.Most)
        {
            throw new ArgumentException($"A value of the table '{table}' has {value.Length} bytes; it can have {TableBytes.Most}.", nameof(value));
        }

        // The key itself is kept beside its escaped form, so that a list can tell it.
        var row = new TableEntity(StorageKey.Of(table), StorageKey.Of(key)) { [Key] = key };
        TableBytes.Set(row, Value, value);
        await client.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in (await tables.SharedAsync()).QueryAsync<TableEntity>($"PartitionKey eq '{StorageKey.Of(table)}'", cancellationToken: cancellationToken))
        {
            yield return KeyValuePair.Create(row.GetString(Key), TableBytes.Get(row, Value) ?? []);
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
