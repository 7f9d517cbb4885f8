using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Tests.Analyzers;

namespace CloudPump.Tests.Embedded;

public sealed class ShardStoreTests
{
    private const string Analyzer = "p/w@1";
    private const int Shards = 3;
    private static readonly string[] Partitions = ["a", "b"];
    private static readonly TimeWindow Definition = WindowRig.Definition(size: 10, lateness: 4, Shards);

    [Fact]
    public async Task Shards_restored_from_snapshot_pieces_and_head_give_the_results_of_shards_that_stayed()
    {
        await using var kept = Open(1 << 20);
        await using var restored = Open(leastPieces: 300);
        var batch = new EventBatch(WindowRig.Context.Fields);
        var snapshots = 0;
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            var (feed, expected, found) = (new Feed(random, batch, $"{Analyzer}{seed}"), new List<string>(), new List<string>());
            OpenAnalyzer(kept, feed.Analyzer);
            OpenAnalyzer(restored, feed.Analyzer);
            for (var turn = 0; turn < 30; turn++)
            {
                var commit = feed.Next(turn == 29);
                if (random.Next(3) == 0)
                {
                    restored.Shards.Forget();
                }

                Assert.Equal(Apply(kept, commit, expected), Apply(restored, commit, found));
            }

            Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), $"Seed {seed} gives other results.");
            Assert.NotEmpty(expected);
            snapshots += (int)restored.Count("state");
        }

        Assert.NotEqual(0, snapshots);
        Assert.True(restored.Count("piece") < kept.Count("piece") / 2);
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_nothing_behind_and_works_the_next_time()
    {
        await using var rig = Open(1 << 20);
        await using var untouched = Open(1 << 20);
        var feed = new Feed(new Random(1), new EventBatch(WindowRig.Context.Fields), Analyzer);
        OpenAnalyzer(rig, Analyzer);
        OpenAnalyzer(untouched, Analyzer);
        for (var turn = 0; turn < 20; turn++)
        {
            var commit = feed.Next(last: turn == 19);
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

    private static void OpenAnalyzer(StoreRig rig, string analyzer) =>
        rig.Shards.Open(new AnalyzerKey(analyzer, Definition), Partitions.ToHashSet(StringComparer.Ordinal));

    private static ShardCounts Apply(StoreRig rig, Commit commit, List<string> results) => rig.Shards.Apply(
        commit, (_, shard, batch) => results.AddRange(WindowRig.Texts(batch).Select((r, i) => $"{shard}/{batch.Events.Id(i).Offset} {r}")));

    /// <summary>Random events of two partitions as the commits that a pipeline makes of them; now and then a partition falls silent.</summary>
    private sealed class Feed
    {
        private readonly Random _random;
        private readonly EventBatch _batch;
        private readonly AnalyzerStep _step = Definition.BuildStep(WindowRig.Context);
        private readonly long[,] _numbers = new long[Partitions.Length, Shards];
        private readonly List<WindowEvent>[] _events;
        private readonly int[] _positions = new int[Partitions.Length];

        public Feed(Random random, EventBatch batch, string analyzer)
        {
            (_random, _batch, Analyzer) = (random, batch, analyzer);
            _events = [.. Partitions.Select(_ => WindowRig.RandomEvents(random, 200, disorder: 6))];
            Array.ForEach(Partitions, _ => _step.AddPartition(AnalyzerStep.NoTime));
        }

        public string Analyzer { get; }

        public Commit Next(bool last)
        {
            var p = _random.Next(Partitions.Length);
            var silent = last || _random.Next(6) == 0 ? Partitions.Where(name => last || name != Partitions[p] || _random.Next(3) == 0).Select(name => new SilentPartition(Analyzer, name)) : [];
            var count = _random.Next(1, 12);
            WindowRig.Fill(_batch, p, _events[p].Skip(_positions[p]).Take(count));
            _positions[p] += count;
            _step.Process(_batch);
            var mark = _step.Top(p) - Definition.Lateness.Ticks;
            return StoreRig.Commit(pieces: [.. Pieces(p, mark)], moves: [new WatermarkMove(Analyzer, Partitions[p], mark)], silent: [.. silent]);
        }

        private IEnumerable<AnalyzerPiece> Pieces(int p, long mark)
        {
            for (var shard = 0; shard < Shards; shard++)
            {
                var piece = new ByteBuffer();
                if (_step.TakePiece(p, shard, piece))
                {
                    yield return new AnalyzerPiece(Analyzer, shard, Partitions[p], ++_numbers[p, shard], mark, piece.Written.ToArray());
                }
            }
        }
    }
}
