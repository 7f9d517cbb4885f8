using CloudPump.App.Storage;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Tests.App.Azurite;

public class TablePiecesTests : AzuriteTests
{
    // A name of its own: blobs of pieces are named by the pipeline.
    private string Pipeline => Unique;

    private TableProgress Progress => new(Account.Tables, Account.Blobs);

    // Just below and above each of the sizes at which pieces go to blobs; all of them together must stay within one transaction.
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(16 << 10)]
    [InlineData(20 << 10)]
    [InlineData(24 << 10)]
    [InlineData(29 << 10)]
    [InlineData(31 << 10)]
    [InlineData(32 << 10)]
    [InlineData(100 << 10)]
    public async Task A_piece_for_each_of_99_shards_goes_with_the_row(int size)
    {
        var pieces = Enumerable.Range(0, 99).Select(shard => Pieces.Of(shard, 1, size)).ToList();

        await CommitAsync(null, pieces);

        var read = new List<AnalyzerPiece>();
        for (var shard = 0; shard < 99; shard++)
        {
            read.AddRange(await ReadAsync(shard, 1));
        }

        Pieces.AssertEqual(pieces, read);
    }

    [Fact]
    public async Task Pieces_come_in_order_and_only_as_far_as_there_is_no_gap()
    {
        await CommitAsync(null, [Pieces.Of(0, 2), Pieces.Of(0, 1), Pieces.Of(0, 10), Pieces.Of(1, 3), Pieces.Of(0, 4)]);

        Pieces.AssertEqual([Pieces.Of(0, 1), Pieces.Of(0, 2)], await ReadAsync(0, 1));
        Pieces.AssertEqual([Pieces.Of(0, 2)], await ReadAsync(0, 2));
        Assert.Empty(await ReadAsync(0, 3));
        Pieces.AssertEqual([Pieces.Of(0, 4)], await ReadAsync(0, 4));
        Assert.Empty(await ReadAsync(1, 1));
    }

    [Theory]
    [InlineData(500 << 10)]
    [InlineData(3 << 20)]
    public async Task A_large_piece_comes_back_whole(int size)
    {
        await CommitAsync(null, [Pieces.Of(0, 1, size), Pieces.Of(1, 1)]);

        Pieces.AssertEqual([Pieces.Of(0, 1, size)], await ReadAsync(0, 1));
    }

    [Fact]
    public async Task Deleting_takes_more_than_a_hundred_pieces_with_their_blobs_and_leaves_the_rest()
    {
        string? version = null;
        for (var first = 1; first <= 270; first += 90)
        {
            version = await CommitAsync(version, [.. Enumerable.Range(first, 90).Select(n => Pieces.Of(0, n, n == 5 ? 600 << 10 : 10)), Pieces.Of(1, first)]);
        }

        Assert.Single(await BlobsAsync());
        await Progress.DeletePiecesAsync(Pipeline, "hub/0", Pieces.Analyzer, 0, 250, Token);
        await Progress.DeletePiecesAsync(Pipeline, "hub/0", Pieces.Analyzer, 0, 250, Token);

        Assert.Empty(await ReadAsync(0, 1));
        Assert.Empty(await ReadAsync(0, 250));
        Assert.Equal(Enumerable.Range(251, 20).Select(n => (long)n), (await ReadAsync(0, 251)).Select(p => p.Number));
        Assert.Single(await ReadAsync(1, 1));
        Assert.Equal(version, (await Progress.FindAsync(Pipeline, "hub/0", Token))!.Version);
        Assert.Empty(await BlobsAsync());
    }

    private Task<string> CommitAsync(string? version, IReadOnlyList<AnalyzerPiece> pieces)
    {
        var progress = new PartitionProgress("hub/0", 1, "identity", Ended: false, new Dictionary<string, AnalyzerMark>(StringComparer.Ordinal));
        return Progress.CommitAsync(Pipeline, new ProgressRow(progress, new SeenEvents(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, version), pieces, Token);
    }

    private Task<IReadOnlyList<AnalyzerPiece>> ReadAsync(int shard, long first) => Progress.PiecesAsync(Pipeline, "hub/0", Pieces.Analyzer, shard, first, Token);

    private async Task<List<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Account.BlobService.GetBlobContainerClient(BlobContainers.State).GetBlobsAsync(cancellationToken: Token))
        {
            names.Add(blob.Name);
        }

        return names.FindAll(n => n.Contains(Pipeline, StringComparison.Ordinal));
    }
}
