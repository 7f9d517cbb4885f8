using CloudPump.Analyzers;
using CloudPump.Analyzers.Findings;
using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Patterns;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>Every analyzer with options under which it has much to tell of random events, for tests of what must hold for all of them.</summary>
internal static class AllAnalyzers
{
    private static readonly Dictionary<string, Func<int, AnalyzerDefinition>> Makers = new(StringComparer.Ordinal)
    {
        ["tumbling window"] = _ => WindowRig.Definition(size: 10, lateness: 4, shards: 3),
        ["hopping window"] = seed => Window(20, 1 + (seed % 20)),
        ["sliding window"] = _ => Sliding(),
        ["window with findings"] = seed => Detecting(seed),
        ["session window"] = _ => Sessions(),
        ["session window with limits"] = seed => Sessions(s => (s.StartWhen, s.EndWhen, s.MaxDuration) = (seed % 2 == 0 ? CloudPump.Expressions.Expression.Parse("v > 10") : null, "v < -40", TimeSpan.FromTicks(30))),
        ["time drift"] = _ => new TimeDrift { Period = TimeSpan.FromTicks(10), Of = "t - duration('1s')", Limit = TimeSpan.FromSeconds(1) },
        ["threshold"] = _ => new Threshold { Value = "v", Above = 20, Below = -20, Hysteresis = 10 },
        ["anomaly"] = seed => new Anomaly { Value = "v", Method = (CloudPump.Analyzers.Detectors.DetectorKind)(seed % 5), Emit = AnomalyEmission.All, Period = TimeSpan.FromTicks(10) },
        ["latch"] = seed => new Latch { Keep = 1 + (seed % 3), Fields = ["v", "t"] },
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

    private static NamedList<MeasureCall> Measures => new[]
    {
        ("hits", "count()"), ("big", "count() where v > 10"), ("total", "sum(v)"), ("mean", "avg(v)"), ("spread", "stddev(v)"), ("start", "first(v)"), ("end", "last(v)"), ("kinds", "distinct(v)"),
        ("p90", "percentile(v, 90)"), ("most", "top(v, 2)"), ("speed", "rate()"), ("share", "ratio(big, hits)"),
    }.Aggregate(new NamedList<MeasureCall>(), (list, m) =>
    {
        list.Add(m.Item1, MeasureCall.Parse(m.Item2));
        return list;
    });

    /// <summary>How many there are.</summary>
    public static int Count => Makers.Count;

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>One of them.</summary>
    public static AnalyzerDefinition Make(string name, int seed)
    {
        var definition = Makers[name](seed);
        (definition.Name, definition.Lateness) = ("w", TimeSpan.FromTicks(seed % 7));
        definition.Time = definition is TimeDrift ? definition.Time : "t";
        definition.Shards = definition is TimeWindow { Detect.Count: > 0 } ? 1 : 1 + (seed % 3);
        if (definition is KeyedAnalyzer keyed)
        {
            keyed.By = ["k"];
        }

        return definition;
    }

    /// <summary>The results of each shard when everything comes once and in order: one piece per partition, and then the end.</summary>
    public static List<string>[] Sequential(AnalyzerDefinition definition, EventBatch batch, List<WindowEvent>[] sources)
    {
        var step = definition.BuildStep(WindowRig.ContextOf(batch));
        for (var p = 0; p < sources.Length; p++)
        {
            step.AddPartition(AnalyzerStep.NoTime);
            WindowRig.Fill(batch, p, sources[p]);
            step.Process(batch);
            Assert.Empty(batch.Failures);
        }

        return [.. Enumerable.Range(0, definition.Shards).Select(shard => ResultsOf(definition, step, shard, sources.Length))];
    }

    private static TimeWindow Window(int size, int every) => new() { Size = TimeSpan.FromTicks(size), Every = TimeSpan.FromTicks(every), Measures = Measures };

    private static TimeWindow Sliding() => new() { Size = TimeSpan.FromTicks(10), Sliding = true, Measures = Measures, Having = "hits > 1" };

    private static SessionWindow Sessions(Action<SessionWindow>? change = null)
    {
        var sessions = new SessionWindow { Gap = TimeSpan.FromTicks(7), Measures = Measures, First = ["v"], Last = ["v"] };
        change?.Invoke(sessions);
        return sessions;
    }

    private static TimeWindow Detecting(int seed)
    {
        var window = Window(10, seed % 2 == 0 ? 10 : 5);
        window.Emit = seed % 4 == 0 ? WindowEmission.Findings : WindowEmission.Results;
        window.Detect =
        [
            new DetectRule { Outliers = new OutliersOption { Measure = "total", Deviations = 1, Least = 3 } },
            new DetectRule { DropToZero = new DropToZeroOption { Measure = "hits", After = 1 } },
            new DetectRule { Spike = new SpikeOption { Measure = "hits", Period = TimeSpan.FromTicks(20), Least = 1, Factor = 1.5 } },
            new DetectRule { Threshold = new LimitOption { Measure = "mean", Above = 20, Below = -20 } },
            new DetectRule { Classes = new ClassesOption { Measure = "hits", Bands = { { "some", 1 }, { "many", 4 } } } },
        ];
        return window;
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

        return [.. WindowRig.Close(shard), .. WindowRig.Held(shard)];
    }
}
