using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

public sealed class TimeWindowTests
{
    [Fact]
    public void A_window_closes_when_every_watermark_has_passed_its_end()
    {
        var rig = new ShardRig(size: 10, lateness: 2);
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
        var rig = new ShardRig(size: 10, lateness: 5);
        rig.Apply("a", 1, At(20), At(15), At(14), At(21), At(15));
        Assert.Equal(2, rig.Step.TakeLate());
        Assert.Equal(0, rig.Step.TakeLate());
    }

    [Fact]
    public void An_idle_partition_holds_time_back_no_longer_and_is_late_when_it_returns()
    {
        var rig = new ShardRig(size: 10, lateness: 0);
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
        var rig = new ShardRig(size: 10, lateness: 0);
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
        var rig = new ShardRig(size: 10, lateness: 0);
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
        var rig = new ShardRig(size: 10, lateness: 0);
        rig.Shard.AddPartition("b");
        rig.Apply("a", 1, At(15), At(25));
        rig.Shard.Move("a", 18);
        rig.Shard.Move("b", 20);
        Assert.Single(rig.Close());
    }

    [Fact]
    public void A_partition_without_a_watermark_never_holds_time_back()
    {
        var rig = new ShardRig(size: 10, lateness: 0);
        rig.Apply("a", 1, At(15), At(20));
        rig.Shard.Move("replay", AnalyzerStep.NoTime);
        Assert.Empty(rig.Close());
        rig.Shard.Move("a", 30);
        Assert.Single(rig.Close());
    }

    [Fact]
    public void Results_are_ordered_by_window_and_key_and_numbered()
    {
        var rig = new ShardRig(size: 10, lateness: 100);
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
        var rig = new ShardRig(size: TimeSpan.TicksPerHour, lateness: 0);
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

    private static WindowEvent At(long time, string? key = "k") => new(time, key, 1L);
}
