using CloudPump.App.Storage;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;
using CloudPump.Tests.App.Fakes;

namespace CloudPump.Tests.App;

/// <summary>What one batch writes at most stays within what one transaction of a table takes.</summary>
public class StorageLimitsTests
{
    private readonly FakeTables _tables = new();
    private readonly MemoryBlobs _blobs = new();

    [Theory]
    [InlineData(0)]
    [InlineData(16 << 10)]
    [InlineData(23 << 10)]
    [InlineData(24 << 10)]
    [InlineData(31 << 10)]
    [InlineData(1 << 20)]
    public async Task Pieces_of_any_size_for_the_most_shards_go_with_a_row_that_has_seen_much(int size)
    {
        var seen = new SeenEvents();
        Enumerable.Range(0, 2_000).ToList().ForEach(i => seen.Add($"the-way-of-a-pipeline-with-a-long-name/{i}", i, long.MaxValue - i));
        var progress = new PartitionProgress("hub/0", 1, "identity", Ended: false, new Dictionary<string, AnalyzerMark>(StringComparer.Ordinal));
        var table = new TableProgress(new Tables(_tables), _blobs);
        var pieces = Enumerable.Range(0, 99).Select(shard => new AnalyzerPiece("a/counts/1", shard, "hub/0", 1, 10, new byte[size])).ToList();

        await table.CommitAsync("a", new ProgressRow(progress, seen, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null), pieces, default);

        Assert.Equal(1, _tables["cloudpumpprogress"].Transactions);
        Assert.Equal(size, Assert.Single(await table.PiecesAsync("a", "hub/0", "a/counts/1", 98, 1, default)).Body.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23 << 10)]
    [InlineData(25 << 10)]
    public async Task Letters_of_any_size_with_reasons_of_any_length_are_kept(int size)
    {
        var store = new TableDeadLetters(new Tables(_tables), _blobs);
        var letters = Enumerable.Range(0, 200).Select(i =>
            new DeadLetter("a", "elasticsearch", 2, new string('r', 40_000), new EventId("hub", 0, i, 0), DateTimeOffset.UnixEpoch, new byte[size], null)).ToList();

        await store.AddAsync(letters, default);

        Assert.Equal(3, _tables["cloudpumpdeadletters"].Transactions);
        var listed = await store.ListAsync("a", 1_000, default);
        Assert.Equal(200, listed.Count);
        Assert.Equal(size, (await store.LoadAsync(listed[0], default))!.Letter.Raw!.Length);
    }
}
