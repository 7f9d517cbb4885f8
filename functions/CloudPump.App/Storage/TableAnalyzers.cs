using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>The analyzers that the app has had, and what their shards have reached, in a table.</summary>
public sealed class TableAnalyzers(Tables tables) : IAnalyzerTable
{
    private const string All = "analyzers";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KnownAnalyzer>> ListAsync(string? pipeline, CancellationToken cancellationToken)
    {
        var known = new List<KnownAnalyzer>();
        await foreach (var row in (await tables.AnalyzersAsync()).QueryAsync<TableEntity>($"PartitionKey eq '{All}'", cancellationToken: cancellationToken))
        {
            var analyzer = new KnownAnalyzer(row.GetString("Key"), row.GetString("Definition"), row.GetDateTimeOffset("Since") ?? default);
            if (pipeline is null || analyzer.Key.StartsWith(pipeline + "/", StringComparison.Ordinal))
            {
                known.Add(analyzer);
            }
        }

        return known;
    }

    /// <inheritdoc/>
    public async Task AddAsync(KnownAnalyzer analyzer, CancellationToken cancellationToken)
    {
        var row = new TableEntity(All, StorageKey.Of(analyzer.Key)) { ["Key"] = analyzer.Key, ["Definition"] = analyzer.Definition, ["Since"] = analyzer.Since };
        try
        {
            await (await tables.AnalyzersAsync()).AddEntityAsync(row, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another instance was first; its row counts.
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string analyzer, CancellationToken cancellationToken)
    {
        var table = await tables.AnalyzersAsync();
        foreach (var shard in (await DueAsync(analyzer, cancellationToken)).Keys)
        {
            await table.DeleteEntityAsync(DueOf(analyzer), Shard(shard), ETag.All, cancellationToken);
        }

        await table.DeleteEntityAsync(All, StorageKey.Of(analyzer), ETag.All, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<int, ShardDue>> DueAsync(string analyzer, CancellationToken cancellationToken)
    {
        var due = new Dictionary<int, ShardDue>();
        await foreach (var row in (await tables.AnalyzersAsync()).QueryAsync<TableEntity>($"PartitionKey eq '{DueOf(analyzer)}'", cancellationToken: cancellationToken))
        {
            due[int.Parse(row.RowKey, CultureInfo.InvariantCulture)] = new ShardDue(row.GetString("Reached"), row.GetBoolean("Gone") ?? false);
        }

        return due;
    }

    /// <inheritdoc/>
    public async Task SetDueAsync(string analyzer, int shard, ShardDue due, CancellationToken cancellationToken)
    {
        var row = new TableEntity(DueOf(analyzer), Shard(shard)) { ["Reached"] = due.Reached, ["Gone"] = due.Gone };
        await (await tables.AnalyzersAsync()).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    private static string DueOf(string analyzer) => "due:" + StorageKey.Of(analyzer);

    private static string Shard(int shard) => shard.ToString("D4", CultureInfo.InvariantCulture);
}
