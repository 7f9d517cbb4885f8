using System.Globalization;
using System.Text;
using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Patterns;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Benchmarks;

/// <summary>
/// The analyzers' speed on one thread, inside the engine: events that are parsed already go through the step; every 64 batches, as at a commit, its pieces go to the shard,
/// which closes what is due. The source's and sink's work is not in it.
/// </summary>
internal sealed class AnalyzerSpeed
{
    private const int BatchSize = 256;
    private const int BatchesPerCommit = 64;
    private const int Commits = 128;
    private readonly BuildContext _context = new() { Pipeline = "benchmark" };
    private readonly List<EventBatch> _batches = [];

    /// <summary>Measures all of them; prints a line each.</summary>
    public static int Run(int rounds, string filter)
    {
        foreach (var (name, keys, make) in Cases().Where(c => c.Name.Contains(filter, StringComparison.Ordinal)))
        {
            var speed = new AnalyzerSpeed(keys);
            speed.Measure(make(), Commits);
            var rates = Enumerable.Range(0, rounds).Select(_ => speed.Measure(make(), Commits)).Order().ToArray();
            System.Console.WriteLine($"{name,-44} {rates[rates.Length / 2] / 1e6,8:0.00} million events/s (of {rounds}: {rates[0] / 1e6:0.00} to {rates[^1] / 1e6:0.00})");
        }

        return 0;
    }

    private AnalyzerSpeed(int keys)
    {
        var random = new Random(1);
        for (var b = 0; b < BatchesPerCommit; b++)
        {
            var batch = new EventBatch(_context.Fields);
            batch.AddOrigin(new Origin("benchmark", 0));
            for (var i = 0; i < BatchSize; i++)
            {
                Add(batch, random, keys);
            }

            _batches.Add(batch);
        }
    }

    private static IEnumerable<(string Name, int Keys, Func<AnalyzerDefinition> Make)> Cases()
    {
        yield return ("tumbling count and sum, 3,000 keys", 3_000, () => Window(null));
        yield return ("tumbling count and sum, 100,000 keys", 100_000, () => Window(null));
        yield return ("hopping count and sum, 3,000 keys", 3_000, () => Window(TimeSpan.FromSeconds(20)));
        yield return ("sessions with a count, 3,000 keys", 3_000, () => new SessionWindow { Gap = TimeSpan.FromSeconds(1), Measures = { { "n", MeasureCall.Parse("count()") } } });
        yield return ("sessions of at most a minute, 3,000 keys", 3_000, () => new SessionWindow { Gap = TimeSpan.FromSeconds(1), MaxDuration = TimeSpan.FromMinutes(1), Measures = { { "n", MeasureCall.Parse("count()") } } });
        yield return ("pattern of two steps, 3,000 keys", 3_000, () => new Pattern
        {
            Within = TimeSpan.FromSeconds(10),
            Steps = [new PatternStep { Name = "failed", When = "value < 300", Times = 3 }, new PatternStep { Name = "passed", When = "value > 900" }],
        });
        yield return ("anomaly auto, 100 keys", 100, () => new Anomaly { Value = "value" });
        yield return ("threshold, 3,000 keys", 3_000, () => new Threshold { Value = "value", Above = 990, InARow = 2 });
    }

    private static TimeWindow Window(TimeSpan? every) => new()
    {
        Size = TimeSpan.FromMinutes(1),
        Every = every,
        Measures = { { "n", MeasureCall.Parse("count()") }, { "total", MeasureCall.Parse("sum(value)") } },
    };

    private static void Prepare(AnalyzerDefinition definition)
    {
        definition.Name = "speed";
        definition.Time = "time";
        if (definition is KeyedAnalyzer keyed)
        {
            keyed.By = ["key"];
        }
    }

    private void Add(EventBatch batch, Random random, int keys)
    {
        var row = batch.Add(new EventHeader { RawLength = -1 });
        batch.SetTimestamp(row, _context.Fields.Id("time"), 0);
        batch.SetString(row, _context.Fields.Id("key"), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/shop/item/{random.Next(keys)}")));
        batch.SetInt64(row, _context.Fields.Id("value"), random.Next(1_000));
    }

    // Events per second; a batch is a tenth of a second of event time.
    private double Measure(AnalyzerDefinition definition, int commits)
    {
        Prepare(definition);
        var (time, piece) = (0L, new ByteBuffer());
        var step = definition.BuildStep(_context);
        step.AddPartition(AnalyzerStep.NoTime);
        var shard = new AnalyzerShard(definition.CreateShard());
        shard.AddPartition("p");
        var seconds = 0.0;
        for (var commit = 0; commit < commits; commit++)
        {
            var start = new DateTime(2026, 10, 10, 0, 0, 0, DateTimeKind.Utc).Ticks + time;
            time += BatchesPerCommit * TimeSpan.TicksPerSecond / 10;
            Stamp(start);
            var began = TimeProvider.System.GetTimestamp();
            _batches.ForEach(step.Process);
            piece.Clear();
            if (step.TakePiece(0, 0, piece))
            {
                shard.Apply("p", commit + 1, step.Top(0), piece.Written);
            }

            shard.Close(new Origin("speed", 0), TimeProvider.System, static _ => { });
            seconds += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        }

        return (double)commits * BatchesPerCommit * BatchSize / seconds;
    }

    private void Stamp(long start)
    {
        var field = _context.Fields.Id("time");
        foreach (var batch in _batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                batch.SetTimestamp(row, field, start + (row * TimeSpan.TicksPerSecond / 10 / BatchSize));
            }

            start += TimeSpan.TicksPerSecond / 10;
        }
    }
}
