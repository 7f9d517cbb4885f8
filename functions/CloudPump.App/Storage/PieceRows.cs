using Azure.Data.Tables;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>Pieces as rows of the outbox. A transaction takes 4 MiB of text, so large pieces lie in blobs, and so do smaller ones when they are many.</summary>
internal sealed class PieceRows(IBlobs blobs)
{
    /// <summary>The property that names the blob of a large piece.</summary>
    public const string Blob = "Blob";

    // Bytes travel as Base64: these are 3 MiB there, which leaves the rest to the keys, and to the progress row.
    private const int Roomy = 9 << 18;
    private const int Small = 16 << 10;

    public async Task<IReadOnlyList<TableEntity>> WriteAsync(string key, IReadOnlyList<AnalyzerPiece> pieces, CancellationToken cancellationToken)
    {
        var largest = pieces.Sum(p => (long)p.Body.Length) > Roomy ? Small : TableBytes.Most;
        var rows = new List<TableEntity>();
        foreach (var piece in pieces)
        {
            var row = new TableEntity(key, TableKeys.Piece(piece.Analyzer, piece.Shard, piece.Number)) { ["Mark"] = piece.Mark };
            if (piece.Body.Length <= largest)
            {
                TableBytes.Set(row, "Body", piece.Body);
            }
            else
            {
                // Named by its content: an instance that no longer owns the partition must not write over a piece that counts.
                var name = $"pieces/{key}/{row.RowKey}-{StableHash.Of(piece.Body):x16}";
                await blobs.PutAsync(BlobContainers.State, name, piece.Body, cancellationToken);
                row[Blob] = name;
            }

            rows.Add(row);
        }

        return rows;
    }

    public async Task<AnalyzerPiece> ReadAsync(TableEntity row, string analyzer, int shard, string partition, long number, CancellationToken cancellationToken)
    {
        var body = row.GetString(Blob) is { } name
            ? (await blobs.GetAsync(BlobContainers.State, name, cancellationToken) ?? throw new InvalidOperationException($"The blob '{name}' of a piece is gone.")).ToArray()
            : TableBytes.Get(row, "Body");
        return new AnalyzerPiece(analyzer, shard, partition, number, row.GetInt64("Mark") ?? 0, body ?? []);
    }
}
