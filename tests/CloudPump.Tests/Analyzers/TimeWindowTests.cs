using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

public sealed class TimeWindowTests
{
    [Fact]
    public void Results_are_those_of_a_naive_model_however_batches_are_cut_and_partitions_interleave()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            Run(new Random(seed), seed);
        }
    }

    [Fact]
    public void A_window_closes_when_every_watermark_has_passed_its_end()
    {
        var rig = new Rig(size: 10, lateness: 2);
        rig.Shard.AddPartition("b");
        Assert.Empty(rig.Apply("a", 1, At(15), At(31)));
        rig.Shard.Move("b", 19);
        Assert.Empty(rig.Close());
        rig.Shard.Move("b", 20);
        Assert.Contains("00:00.000001Z\",\"window_end\":\"0001-01-01T00:00:00.000002Z", Assert.Single(rig.Close()), StringComparison.Ordinal);
        Assert.Empty(rig.Close());
        Assert.Equal(1, rig.Shard.NextResult);
    }

    [Fact]
    public void Late_is_older_than_the_partitions_own_watermark()
    {
        var rig = new Rig(size: 10, lateness: 5);
        rig.Apply("a", 1, At(20), At(15), At(14), At(21), At(15));
        Assert.Equal(2, rig.Step.TakeLate());
        Assert.Equal(0, rig.Step.TakeLate());
    }

    [Fact]
    public void An_idle_partition_holds_time_back_no_longer_and_is_late_when_it_returns()
    {
        var rig = new Rig(size: 10, lateness: 0);
        rig.Step.AddPartition(AnalyzerStep.NoTime);
        rig.Shard.AddPartition("b");
        Assert.Empty(rig.Apply("a", 1, At(15), At(20)));
        rig.Shard.Silence("b");
        Assert.Single(rig.Close());

        WindowRig.Fill(rig.Batch, 1, [At(12), At(13), At(21)]);
        rig.Step.Process(rig.Batch);
        var piece = new ByteBuffer();
        Assert.True(rig.Step.TakePiece(1, 0, piece));
        Assert.Equal(2, rig.Shard.Apply("b", 1, 21, piece.Written));
        rig.Shard.Silence("a");
        rig.Shard.Silence("b");
        Assert.Contains("\"hits\":2,", Assert.Single(rig.Close()), StringComparison.Ordinal);
    }

    [Fact]
    public void When_all_are_silent_everything_closes_and_new_windows_still_open()
    {
        var rig = new Rig(size: 10, lateness: 0);
        rig.Apply("a", 1, At(15));
        rig.Shard.Silence("a");
        Assert.Single(rig.Close());
        Assert.Empty(rig.Close());
        Assert.Empty(rig.Apply("a", 2, At(16), At(25)));
        rig.Shard.Silence("a");
        Assert.Contains("0.000002Z", Assert.Single(rig.Close()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_piece_changes_nothing_and_a_gap_is_refused()
    {
        var rig = new Rig(size: 10, lateness: 0);
        WindowRig.Fill(rig.Batch, 0, [At(15)]);
        rig.Step.Process(rig.Batch);
        var piece = new ByteBuffer();
        rig.Step.TakePiece(0, 0, piece);
        Assert.Equal(1, rig.Shard.NextPiece("a"));
        rig.Shard.Apply("a", 1, 15, piece.Written);
        rig.Shard.Apply("a", 1, 15, piece.Written);
        Assert.Equal(2, rig.Shard.NextPiece("a"));
        var written = piece.Written.ToArray();
        Assert.Throws<InvalidOperationException>(() => rig.Shard.Apply("a", 3, 15, written));
        rig.Shard.Silence("a");
        Assert.Contains("\"hits\":1,", Assert.Single(rig.Close()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_watermark_changes_nothing()
    {
        var rig = new Rig(size: 10, lateness: 0);
        rig.Shard.AddPartition("b");
        rig.Apply("a", 1, At(15), At(25));
        rig.Shard.Move("a", 18);
        rig.Shard.Move("b", 20);
        Assert.Single(rig.Close());
    }

    [Fact]
    public void A_partition_without_a_watermark_never_holds_time_back()
    {
        var rig = new Rig(size: 10, lateness: 0);
        rig.Apply("a", 1, At(15), At(20));
        rig.Shard.Move("replay", AnalyzerStep.NoTime);
        Assert.Empty(rig.Close());
        rig.Shard.Move("a", 30);
        Assert.Single(rig.Close());
    }

    [Fact]
    public void Results_are_ordered_by_window_and_key_and_numbered()
    {
        var rig = new Rig(size: 10, lateness: 100);
        rig.Apply("a", 1, At(25, "b"), At(15, "b"), At(15, "a"), At(25, null), At(15, "é"), At(15, "a\0"), At(15, "aa"));
        rig.Shard.Silence("a");
        var (texts, numbers, events) = (new List<string>(), new List<long>(), 0);
        rig.Shard.Close(Bench.Origin, WindowRig.Clock, results =>
        {
            texts.AddRange(WindowRig.Texts(results));
            numbers.AddRange(Enumerable.Range(0, results.Count).Select(r => results.Events.Header(r).Offset));
            results.ToBlocks((count, block) => events += EventBlockReader.CountOf(block));
        });
        Assert.Equal(["a", "a\\u0000", "aa", "b", "é", "null", "b"], texts.Select(t => t.Split("\"k\":")[1].Split(',')[0].Trim('"')));
        Assert.Equal(Enumerable.Range(0, 7).Select(n => (long)n), numbers);
        Assert.Equal(7, WindowRig.Reload(rig.Shard, WindowRig.Definition(10, 100, 1)).NextResult);
        Assert.Equal(7, events);
    }

    [Fact]
    public void The_last_windows_of_the_calendar_can_be_written()
    {
        var rig = new Rig(size: TimeSpan.TicksPerHour, lateness: 0);
        rig.Apply("a", 1, At(0), At(DateTime.MaxValue.Ticks));
        rig.Shard.Silence("a");
        Assert.Contains("\"window_end\":\"9999-12-31T23:59:59.9999999Z\"", rig.Close()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_its_time_or_with_a_dimension_that_fails_is_a_dead_letter()
    {
        var bench = new Bench().Add("""{"t":"2026-10-10T00:00:00Z","n":1}""", """{"n":1}""", """{"t":"x"}""", """{"t":"2026-10-10T00:00:00Z","n":"x"}""")
            .Parse(new CloudPump.Parsers.Json());
        var definition = WindowRig.Definition(10, 0, 1);
        definition.Time = "timestamp(t)";
        definition.By = ["n + 1"];
        var step = definition.BuildStep(bench.Context);
        step.AddPartition(AnalyzerStep.NoTime);
        bench.Run(step);
        Assert.Single(bench.Events);
        Assert.Equal(["The event time cannot be told", "The event time cannot be told", "A dimension of the analyzer cannot be told"], bench.Batch.Failures.Select(f => f.Reason.Split(':')[0]));
        Assert.Equal(new DateTime(2026, 10, 10, 0, 0, 0, DateTimeKind.Utc).Ticks, step.Top(0));
    }

    [Fact]
    public void Damaged_state_is_refused()
    {
        var rig = new Rig(size: 10, lateness: 0);
        rig.Apply("a", 1, At(15, "x"), At(25, "y"));
        var saved = WindowRig.Save(rig.Shard);
        for (var length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => WindowRig.Load(saved[..length], WindowRig.Definition(10, 0, 1)));
        }
    }

    [Theory]
    [InlineData("1", "1.0", """{"k":1,"n":2}""")]
    [InlineData("0.0", "-0.0", """{"k":0,"n":2}""")]
    [InlineData("\"1\"", "1", """{"k":1,"n":1}""", """{"k":"1","n":1}""")]
    [InlineData("null", "true", """{"k":null,"n":1}""", """{"k":true,"n":1}""")]
    [InlineData("-1.5", "-2.5", """{"k":-2.5,"n":1}""", """{"k":-1.5,"n":1}""")]
    [InlineData("2", "10", """{"k":2,"n":1}""", """{"k":10,"n":1}""")]
    [InlineData("-1", "1", """{"k":-1,"n":1}""", """{"k":1,"n":1}""")]
    [InlineData("[1,2]", "{\"a\":1}", """{"k":[1,2],"n":1}""", """{"k":{"a":1},"n":1}""")]
    public void Keys_keep_their_kind_and_order_and_equal_numbers_are_one(string one, string two, params string[] expected) =>
        Assert.Equal(expected, Keys("k", $"{{\"k\":{one}}}", $"{{\"k\":{two}}}"));

    [Fact]
    public void Keys_may_be_made_by_expressions() => Assert.Equal(
        ["""{"k":7,"n":1}""", """{"k":"90s","n":1}""", """{"k":"AP8=","n":1}""", """{"k":"2026-10-10T00:00:00.000000001Z","n":1}"""],
        [.. new[] { "uint(7)", "duration('90s')", "b'\\x00\\xff'", "timestamp('2026-10-10T00:00:00.000000001Z')" }.SelectMany(e => Keys(e, "{}"))]);

    private static IEnumerable<string> Keys(string expression, params string[] events)
    {
        var definition = new TimeWindow
        {
            Name = "w",
            Size = TimeSpan.FromTicks(10),
            Time = "timestamp('2026-10-10T00:00:00Z')",
            By = [expression],
            Measures = { { "n", CloudPump.Analyzers.Measures.MeasureCall.Parse("count()") } },
        };
        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        var step = definition.BuildStep(bench.Context);
        step.AddPartition(AnalyzerStep.NoTime);
        bench.Run(step);
        var piece = new ByteBuffer();
        Assert.True(step.TakePiece(0, 0, piece));
        var shard = new AnalyzerShard(definition.CreateShard());
        shard.Apply("a", 1, 0, piece.Written);
        shard = WindowRig.Reload(shard, definition);
        shard.Silence("a");
        return Close(shard).Select(r => JsonNode.Parse(r)!).Select(r => new JsonObject { ["k"] = r[expression]?.DeepClone(), ["n"] = r["n"]!.DeepClone() }.ToJsonString());
    }

    private static WindowEvent At(long time, string? key = "k") => new(time, key, 1L);

    private static List<string> Close(AnalyzerShard shard) => WindowRig.Close(shard);

    private static void Run(Random random, int seed)
    {
        var (partitions, shardCount) = (random.Next(1, 4), random.Next(1, 5));
        var definition = WindowRig.Definition(random.Next(1, 30), random.Next(0, 12), shardCount);
        var sources = Enumerable.Range(0, partitions).Select(_ => WindowRig.RandomEvents(random, random.Next(120), disorder: 15)).ToArray();
        var model = new NaiveWindows(definition);
        for (var p = 0; p < partitions; p++)
        {
            sources[p].ForEach(e => model.Add(p, e));
        }

        var step = definition.BuildStep(WindowRig.Context);
        var shards = new AnalyzerShard[shardCount];
        for (var s = 0; s < shardCount; s++)
        {
            shards[s] = new AnalyzerShard(definition.CreateShard());
        }

        for (var p = 0; p < partitions; p++)
        {
            step.AddPartition(AnalyzerStep.NoTime);
            Array.ForEach(shards, s => s.AddPartition($"p{p}"));
        }

        var results = Enumerable.Range(0, shardCount).Select(_ => new List<string>()).ToArray();
        var late = Drain(random, definition, step, shards, sources, results);
        Assert.True(late == model.Late, $"seed {seed}: {late} late events, expected {model.Late}");
        Assert.True(model.Results().Order(StringComparer.Ordinal).SequenceEqual(results.SelectMany(r => r).Order(StringComparer.Ordinal), StringComparer.Ordinal),
            $"seed {seed}:\n{string.Join('\n', model.Results())}\n---\n{string.Join('\n', results.SelectMany(r => r))}");
        var order = model.Results();
        Assert.All(results, r => Assert.Equal(r.OrderBy(order.IndexOf), r));
    }

    private static long Drain(
        Random random, TimeWindow definition, AnalyzerStep step, AnalyzerShard[] shards, List<WindowEvent>[] sources, List<string>[] results)
    {
        var batch = new EventBatch(WindowRig.Context.Fields);
        var at = new int[sources.Length];
        var numbers = new long[sources.Length, shards.Length];
        var late = 0L;
        var piece = new ByteBuffer();
        while (Enumerable.Range(0, sources.Length).Where(p => at[p] < sources[p].Count).ToArray() is { Length: > 0 } open)
        {
            var p = open[random.Next(open.Length)];
            var count = random.Next(1, 20);
            WindowRig.Fill(batch, p, sources[p].Skip(at[p]).Take(count));
            at[p] += count;
            step.Process(batch);
            if (random.Next(3) == 0)
            {
                continue;
            }

            var mark = step.Top(p) == AnalyzerStep.NoTime ? AnalyzerStep.NoTime : step.Top(p) - definition.Lateness.Ticks;
            for (var s = 0; s < shards.Length; s++)
            {
                piece.Clear();
                if (step.TakePiece(p, s, piece))
                {
                    late += shards[s].Apply($"p{p}", ++numbers[p, s], mark, piece.Written);
                    late += random.Next(3) == 0 ? shards[s].Apply($"p{p}", numbers[p, s], mark, piece.Written) : 0;
                }
                else if (mark != AnalyzerStep.NoTime)
                {
                    shards[s].Move($"p{p}", mark);
                }

                results[s].AddRange(Close(shards[s]));
                shards[s] = random.Next(4) == 0 ? WindowRig.Reload(shards[s], definition) : shards[s];
            }
        }

        for (var s = 0; s < shards.Length; s++)
        {
            for (var p = 0; p < sources.Length; p++)
            {
                piece.Clear();
                late += step.TakePiece(p, s, piece) ? shards[s].Apply($"p{p}", ++numbers[p, s], step.Top(p), piece.Written) : 0;
                shards[s].Silence($"p{p}");
            }

            results[s].AddRange(Close(shards[s]));
        }

        return late + step.TakeLate();
    }

    private sealed class Rig
    {
        private readonly long _lateness;

        public Rig(long size, long lateness)
        {
            _lateness = lateness;
            var definition = WindowRig.Definition(size, lateness, 1);
            Step = definition.BuildStep(WindowRig.Context);
            Step.AddPartition(AnalyzerStep.NoTime);
            Shard = new AnalyzerShard(definition.CreateShard());
            Shard.AddPartition("a");
        }

        public AnalyzerStep Step { get; }

        public AnalyzerShard Shard { get; }

        public EventBatch Batch { get; } = new(WindowRig.Context.Fields);

        /// <summary>Takes events of the first partition through the step and the shard.</summary>
        public List<string> Apply(string partition, long number, params WindowEvent[] events)
        {
            WindowRig.Fill(Batch, 0, events);
            Step.Process(Batch);
            var piece = new ByteBuffer();
            Assert.True(Step.TakePiece(0, 0, piece));
            Shard.Apply(partition, number, Step.Top(0) - _lateness, piece.Written);
            return Close();
        }

        public List<string> Close() => TimeWindowTests.Close(Shard);
    }
}
