using CloudPump.Analyzers;
using CloudPump.Analyzers.Patterns;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>Every analyzer with options under which it has much to tell of random events, for tests of what must hold for all of them.</summary>
internal static class AllAnalyzers
{
    private static readonly Dictionary<string, Func<int, AnalyzerDefinition>> Makers = new(StringComparer.Ordinal)
    {
        ["tumbling window"] = _ => WindowRig.Definition(size: 10, lateness: 4, shards: 3),
        ["threshold"] = _ => new Threshold { Value = "v", Above = 20, Below = -20, Hysteresis = 10 },
        ["counter"] = _ => new Counter { Every = 3, When = "v > 0", ResetWhen = "v > 40" },
        ["incident"] = _ => new Incident { Symptom = "string(v)", Severity = "v", CloseWhen = "v < -40", Silence = TimeSpan.FromTicks(12) },
        ["pattern"] = seed => new Pattern
        {
            Within = TimeSpan.FromTicks(25),
            Skip = (SkipStrategy)(seed % 3),
            Timeouts = seed % 2 == 0,
            Steps =
            [
                new PatternStep { Name = "low", When = "v < 0", AtLeast = 1 + (seed % 2) },
                new PatternStep { Name = "far", When = "v == 13", Not = true },
                new PatternStep { Name = "high", When = "v > low.v + 20" },
            ],
            Select = { { "from", MatchValue.Parse("first(low.v)") }, { "to", MatchValue.Parse("high.v") }, { "n", MatchValue.Parse("count(low)") } },
        },
    };

    /// <summary>How many there are.</summary>
    public static int Count => Makers.Count;

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>One of them.</summary>
    public static AnalyzerDefinition Make(string name, int seed)
    {
        var definition = Makers[name](seed);
        (definition.Name, definition.Lateness, definition.Time) = ("w", TimeSpan.FromTicks(seed % 7), "t");
        definition.Shards = 1 + (seed % 3);
        if (definition is KeyedAnalyzer keyed)
        {
            keyed.By = ["k"];
        }

        return definition;
    }

    /// <summary>The results of each shard when everything comes once and in order: one piece per partition, and then the end.</summary>
    public static List<string>[] Sequential(AnalyzerDefinition definition, EventBatch batch, List<WindowEvent>[] sources)
    {
        var step = definition.BuildStep(WindowRig.Context);
        for (var p = 0; p < sources.Length; p++)
        {
            step.AddPartition(AnalyzerStep.NoTime);
            WindowRig.Fill(batch, p, sources[p]);
            step.Process(batch);
            Assert.Empty(batch.Failures);
        }

        return [.. Enumerable.Range(0, definition.Shards).Select(shard => ResultsOf(definition, step, shard, sources.Length))];
    }

    private static List<string> ResultsOf(AnalyzerDefinition definition, AnalyzerStep step, int number, int partitions)
    {
        var shard = new AnalyzerShard(definition.CreateShard());
        for (var p = 0; p < partitions; p++)
        {
            var piece = new ByteBuffer();
            if (step.TakePiece(p, number, piece))
            {
                shard.Apply($"p{p}", 1, AnalyzerStep.NoTime, piece.Written);
            }

            shard.Silence($"p{p}");
        }

        return WindowRig.Close(shard);
    }
}
