using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Tests.Analyzers;

namespace CloudPump.Tests.Embedded;

/// <summary>Shards of every analyzer that are restored from snapshot, pieces and head tell what shards tell that stayed in memory.</summary>
public sealed class ShardRestoreTests
{
    private const int Turns = 30;
    private const int Seeds = 30;

    public static TheoryData<string, int> Analyzers { get; } = [.. AllAnalyzers.Names.Where(n => n != "latch").SelectMany(name => new[] { (name, 1_000), (name, 3), (name, 13) })];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task Restored_shards_give_the_results_of_shards_that_stayed(string analyzer, int maxKeys)
    {
        await using var kept = new StoreRig(leastPieces: 1 << 20);
        await using var restored = new StoreRig(leastPieces: 300);
        var batch = WindowRig.NewBatch();
        var (results, closedEarly) = (0, 0L);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var definition = AllAnalyzers.Make(analyzer, seed);
            ((KeyedAnalyzer)definition).MaxKeys = maxKeys;
            var feed = new ShardFeed(random, batch, definition, $"p/{seed}@1", keys: maxKeys == 13 ? 20 : 1);
            feed.Open(kept);
            feed.Open(restored);
            var (expected, found, counts) = (new List<string>(), new List<string>(), default(ShardCounts));
            for (var turn = 0; turn <= Turns; turn++)
            {
                var commit = feed.Next(turn == Turns);
                if (random.Next(3) == 0)
                {
                    restored.Shards.Forget();
                }

                var (one, other) = (Apply(kept, commit, expected), Apply(restored, commit, found));
                Assert.True(one == other && expected.SequenceEqual(found, StringComparer.Ordinal), Difference(seed, turn, one, other, expected, found));
                counts += one;
            }

            (results, closedEarly) = (results + expected.Count, closedEarly + counts.ClosedEarly);
        }

        Assert.True(results > Seeds && restored.Count("state") > 0 && restored.Count("piece") < kept.Count("piece"), $"Too little to see a fault: {results} results.");
        Assert.Equal(maxKeys < 1_000, closedEarly > 0);
    }

    private static string Difference(int seed, int turn, ShardCounts one, ShardCounts other, List<string> expected, List<string> found) =>
        $"Seed {seed}, turn {turn}, {one} and {other}:\n{string.Join('\n', expected.Except(found, StringComparer.Ordinal))}\n--- but restored\n{string.Join('\n', found.Except(expected, StringComparer.Ordinal))}";

    private static ShardCounts Apply(StoreRig rig, Commit commit, List<string> results) => rig.Shards.Apply(
        commit, (_, shard, batch) => results.AddRange(WindowRig.Texts(batch).Select((r, i) => $"{shard}/{batch.Events.Id(i).Offset} {r}")));
}
