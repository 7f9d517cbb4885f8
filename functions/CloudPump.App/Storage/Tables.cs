using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace CloudPump.App.Storage;

/// <summary>The app's tables, made when they are first used.</summary>
public sealed class Tables(TableServiceClient service)
{
    private readonly ConcurrentDictionary<string, Task<TableClient>> _tables = new(StringComparer.Ordinal);

    /// <summary>Progress rows and the outbox.</summary>
    public Task<TableClient> ProgressAsync() => GetAsync("cloudpumpprogress");

    /// <summary>Analyzers and what is due in their shards.</summary>
    public Task<TableClient> AnalyzersAsync() => GetAsync("cloudpumpanalyzers");

    /// <summary>The index of the dead letters.</summary>
    public Task<TableClient> DeadLettersAsync() => GetAsync("cloudpumpdeadletters");

    /// <summary>What lookups of all instances share.</summary>
    public Task<TableClient> SharedAsync() => GetAsync("cloudpumpshared");

    private async Task<TableClient> GetAsync(string name)
    {
        var made = _tables.GetOrAdd(name, MakeAsync);
        try
        {
            return await made;
        }
        catch
        {
            // The next one tries again.
            _tables.TryRemove(new KeyValuePair<string, Task<TableClient>>(name, made));
            throw;
        }
    }

    private async Task<TableClient> MakeAsync(string name)
    {
        var table = service.GetTableClient(name);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
