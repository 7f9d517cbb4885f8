using Azure;
using Azure.Data.Tables;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.App.Storage;

/// <summary>Progress rows and the outbox in a table: one table partition for each source partition of a pipeline.</summary>
public sealed class TableProgress(Tables tables, IBlobs blobs) : IProgressTable
{
    /// <inheritdoc/>
    public async Task<ProgressRow?> FindAsync(string pipeline, string partition, CancellationToken cancellationToken)
    {
        var table = await tables.ProgressAsync();
        var row = await table.GetEntityIfExistsAsync<TableEntity>(TableKeys.Partition(pipeline, partition), TableKeys.Progress, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProgressRow>> ListAsync(string pipeline, CancellationToken cancellationToken)
    {
        var rows = new List<ProgressRow>();
        await foreach (var row in (await tables.ProgressAsync()).QueryAsync<TableEntity>(TableKeys.ProgressOf(pipeline), cancellationToken: cancellationToken))
        {
            rows.Add(Read(row));
        }

        return rows;
    }

    /// <inheritdoc/>
    public async Task<string> CommitAsync(string pipeline, ProgressRow row, IReadOnlyList<AnalyzerPiece> pieces, CancellationToken cancellationToken)
    {
        var key = TableKeys.Partition(pipeline, row.Progress.Partition);
        var rows = await new PieceRows(blobs).WriteAsync(key, pieces, cancellationToken);
        var progress = Write(key, row);
        var first = row.Version is null
            ? new TableTransactionAction(TableTransactionActionType.Add, progress)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, progress, new ETag(row.Version));
        var table = await tables.ProgressAsync();
        try
        {
            var answers = await table.SubmitTransactionAsync([first, .. rows.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r))], cancellationToken);
            return answers.Value[0].Headers.ETag?.ToString() ?? throw new InvalidOperationException("The table told no version of the row that it wrote.");
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            throw new StaleProgressException(pipeline, row.Progress.Partition, e);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AnalyzerPiece>> PiecesAsync(string pipeline, string partition, string analyzer, int shard, long first, CancellationToken cancellationToken)
    {
        var found = new List<TableEntity>();
        var filter = TableKeys.Pieces(TableKeys.Partition(pipeline, partition), analyzer, shard, first, long.MaxValue);
        await foreach (var row in (await tables.ProgressAsync()).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            found.Add(row);
        }

        var pieces = new List<AnalyzerPiece>();
        foreach (var row in found.OrderBy(r => r.RowKey, StringComparer.Ordinal).TakeWhile((r, i) => r.RowKey == TableKeys.Piece(analyzer, shard, first + i)))
        {
            pieces.Add(await new PieceRows(blobs).ReadAsync(row, analyzer, shard, partition, first + pieces.Count, cancellationToken));
        }

        return pieces;
    }

    /// <inheritdoc/>
    public async Task DeletePiecesAsync(string pipeline, string partition, string analyzer, int shard, long last, CancellationToken cancellationToken)
    {
        var table = await tables.ProgressAsync();
        var filter = TableKeys.Pieces(TableKeys.Partition(pipeline, partition), analyzer, shard, 0, last);
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", PieceRows.Blob], cancellationToken: cancellationToken))
        {
            rows.Add(row);
        }

        foreach (var chunk in rows.Chunk(100))
        {
            try
            {
                await table.SubmitTransactionAsync(chunk.Select(r => new TableTransactionAction(TableTransactionActionType.Delete, r, ETag.All)), cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // Somebody else tidies up as well; the next sweep finds what is left.
            }

            foreach (var blob in chunk.Select(r => r.GetString(PieceRows.Blob)).OfType<string>())
            {
                await blobs.DeleteAsync(BlobContainers.State, blob, cancellationToken);
            }
        }
    }

    private static ProgressRow Read(TableEntity row) => new(
        PartitionProgress.Load(TableBytes.Get(row, "Body")), SeenEvents.Load(TableBytes.Get(row, "Seen")), row.GetDateTimeOffset("Moved") ?? default, row.GetDateTimeOffset("Enqueued") ?? default, row.ETag.ToString());

    private static TableEntity Write(string key, ProgressRow row)
    {
        var entity = new TableEntity(key, TableKeys.Progress) { ["Moved"] = row.Moved, ["Enqueued"] = row.Enqueued, ["Position"] = row.Progress.Position };
        TableBytes.Set(entity, "Body", row.Progress.Save());
        TableBytes.Set(entity, "Seen", row.Seen.Save());
        return entity;
    }
}
