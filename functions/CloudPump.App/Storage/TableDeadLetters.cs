using Azure;
using Azure.Data.Tables;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>Dead letters: an index in a table, large events in blobs.</summary>
public sealed class TableDeadLetters(Tables tables, IBlobs blobs) : IDeadLetterStore
{
    private const string Counters = "counters:";
    private const int Chunk = 90;
    private readonly LetterRows _rows = new(blobs);

    /// <inheritdoc/>
    public async Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var table = await tables.DeadLettersAsync();

        // 90 rows of at most 24 KiB each stay below what one transaction takes. The same letter twice in a batch is one row.
        foreach (var group in letters.GroupBy(l => l.Pipeline, StringComparer.Ordinal))
        {
            foreach (var chunk in group.DistinctBy(LetterRows.IdOf).Chunk(Chunk))
            {
                var rows = await Task.WhenAll(chunk.Select(l => _rows.WriteAsync(l, cancellationToken)));
                await table.SubmitTransactionAsync(rows.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KeptLetter>> ListAsync(string pipeline, int most, CancellationToken cancellationToken)
    {
        var letters = new List<KeptLetter>();
        var filter = $"PartitionKey eq '{StorageKey.Of(pipeline)}'";
        await foreach (var row in (await tables.DeadLettersAsync()).QueryAsync<TableEntity>(filter, select: LetterRows.Listed, cancellationToken: cancellationToken))
        {
            if (letters.Count == most)
            {
                break;
            }

            letters.Add(LetterRows.Read(pipeline, row));
        }

        return letters;
    }

    /// <inheritdoc/>
    public async Task<KeptLetter?> FindAsync(string pipeline, string id, CancellationToken cancellationToken)
    {
        var row = await (await tables.DeadLettersAsync()).GetEntityIfExistsAsync<TableEntity>(StorageKey.Of(pipeline), id, cancellationToken: cancellationToken);
        return row.HasValue ? await _rows.ReadWholeAsync(pipeline, row.Value!, cancellationToken) : null;
    }

    /// <inheritdoc/>
    public async Task<KeptLetter?> LoadAsync(KeptLetter letter, CancellationToken cancellationToken)
    {
        var whole = await FindAsync(letter.Letter.Pipeline, letter.Id, cancellationToken);
        return whole is not null && whole.Version == letter.Version ? whole : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KeptLetter>> NumberAsync(string pipeline, IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        var table = await tables.DeadLettersAsync();
        var fresh = letters.Where(l => l.Number == 0).ToList();
        var next = fresh.Count == 0 ? 0 : await ReserveAsync(table, pipeline, fresh.Count, cancellationToken);
        var numbered = letters.Where(l => l.Number > 0).ToList();
        foreach (var letter in fresh)
        {
            var row = new TableEntity(StorageKey.Of(pipeline), letter.Id) { ["Number"] = next++ };
            try
            {
                var answer = await table.UpdateEntityAsync(row, new ETag(letter.Version), TableUpdateMode.Merge, cancellationToken);
                numbered.Add(letter with { Number = next - 1, Version = answer.Headers.ETag?.ToString() ?? "" });
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // Gone, changed, or in the hands of another replay.
            }
        }

        return numbered;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyList<KeptLetter> letters, CancellationToken cancellationToken)
    {
        var table = await tables.DeadLettersAsync();
        foreach (var letter in letters)
        {
            try
            {
                await table.DeleteEntityAsync(StorageKey.Of(letter.Letter.Pipeline), letter.Id, new ETag(letter.Version), cancellationToken);
                if (letter.Place.Length > 0)
                {
                    await blobs.DeleteAsync(BlobContainers.DeadLetters, letter.Place, cancellationToken);
                }
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // It has failed again since it was read: it stays.
            }
        }
    }

    // Numbers are given out once, whoever asks, so that no two replays give the same.
    private static async Task<long> ReserveAsync(TableClient table, string pipeline, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(Counters, StorageKey.Of(pipeline), cancellationToken: cancellationToken);
            var next = row.HasValue ? row.Value!.GetInt64("Next") ?? 1 : 1;
            var moved = new TableEntity(Counters, StorageKey.Of(pipeline)) { ["Next"] = next + count };
            try
            {
                await (row.HasValue ? table.UpdateEntityAsync(moved, row.Value!.ETag, TableUpdateMode.Replace, cancellationToken) : table.AddEntityAsync(moved, cancellationToken));
                return next;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another replay was faster.
            }
        }
    }
}
