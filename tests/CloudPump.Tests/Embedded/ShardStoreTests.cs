using CloudPump.Events;
using CloudPump.Tests.Analyzers;

namespace CloudPump.Tests.Embedded;

public sealed class ShardStoreTests
{
    private const int Shards = 3;

    [Fact]
    public async Task A_commit_that_fails_leaves_nothing_behind_and_works_the_next_time()
    {
        await using var rig = Open(1 << 20);
        await using var untouched = Open(1 << 20);
        var feed = new ShardFeed(new Random(1), WindowRig.NewBatch(), WindowRig.Definition(size: 10, lateness: 4, Shards), "p/w@1");
        feed.Open(rig);
        feed.Open(untouched);
        for (var turn = 0; turn < 20; turn++)
        {
            var commit = feed.Next(isLast: turn == 19);
            await untouched.CommitAsync(commit);
            var (blocks, pieces, next) = (rig.Count("block"), rig.Count("piece"), rig.Logs.OfStream("findings", 0).Next);
            SQLitePCL.raw.sqlite3_commit_hook(rig.Database.Writer.Handle, static _ => 1, null);
            await Assert.ThrowsAsync<CloudPump.Embedded.StoreException>(() => rig.CommitAsync(commit));
            SQLitePCL.raw.sqlite3_commit_hook(rig.Database.Writer.Handle, null, null);
            Assert.Equal((blocks, pieces, next), (rig.Count("block"), rig.Count("piece"), rig.Logs.OfStream("findings", 0).Next));
            await rig.CommitAsync(commit);
        }

        for (var shard = 0; shard < Shards; shard++)
        {
            Assert.NotEqual(0, rig.Logs.OfStream("findings", shard).Next);
            Assert.Equal(untouched.Logs.OfStream("findings", shard).Next, rig.Logs.OfStream("findings", shard).Next);
        }
    }

    [Fact]
    public async Task A_full_disk_fails_the_commit_and_room_lets_it_through()
    {
        await using var rig = Open(1 << 20);
        var commit = StoreRig.Commit([StoreRig.ToStream("s", 0, new string('x', 200_000))], [StoreRig.At("in", 7)]);
        rig.Logs.OfStream("s", 0);
        Pragma(rig, "max_page_count = 1");
        var failure = await Assert.ThrowsAsync<CloudPump.Embedded.StoreException>(() => rig.CommitAsync(commit));
        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.Null(new CloudPump.Embedded.Storage.ProgressStore(rig.Database).Find("p", "in"));
        Pragma(rig, "max_page_count = 100000");
        await rig.CommitAsync(commit);
        Assert.Equal(7, new CloudPump.Embedded.Storage.ProgressStore(rig.Database).Find("p", "in")!.Position);
        Assert.Single(await rig.ReadAsync(rig.Logs.OfStream("s", 0)));
    }

    private static StoreRig Open(int leastPieces) => new(leastPieces: leastPieces);

    private static void Pragma(StoreRig rig, string pragma) => CloudPump.Embedded.Storage.StoreDatabase.Execute(rig.Database.Writer, "PRAGMA " + pragma);
}
