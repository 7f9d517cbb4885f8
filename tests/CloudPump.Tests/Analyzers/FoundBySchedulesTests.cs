using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>Faults that random schedules and models have found, each as the shortest schedule that shows it.</summary>
public sealed class FoundBySchedulesTests
{
    [Fact]
    public void The_window_that_begins_with_time_itself_is_told_by_the_first_watermark_that_passes_it()
    {
        var rig = new ShardRig(size: 10, lateness: 0);
        Assert.Contains("\"hits\":1,", Assert.Single(rig.Apply("a", 1, At(5), At(25))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_partition_without_a_watermark_keeps_every_window_open()
    {
        // The smallest number stands for "no watermark yet"; a window's length taken from it must not come out large.
        var rig = new ShardRig(size: 10, lateness: 0);
        rig.Shard.AddPartition("b");
        Assert.Empty(rig.Apply("a", 1, At(5), At(1_000)));
    }

    [Fact]
    public void What_is_late_after_everything_was_closed_is_late_in_a_restored_shard_too()
    {
        var definition = new SessionWindow { Name = "s", Time = "t", By = ["k"], Gap = TimeSpan.FromTicks(5) };
        var (first, late) = (Piece(definition, At(10), At(60)), Piece(definition, At(62)));
        var stayed = new AnalyzerShard(definition.CreateShard());
        stayed.AddPartition("a");
        stayed.Apply("a", 1, 60, first);
        Assert.Single(WindowRig.Close(stayed));
        stayed.Move("a", 70);
        Assert.Single(WindowRig.Close(stayed));
        stayed.Silence("a");
        Assert.Empty(WindowRig.Close(stayed));

        // The host has the piece and the head: a time, another one, then everything.
        var head = new ByteBuffer();
        stayed.SaveHead(head);
        var restored = new AnalyzerShard(definition.CreateShard());
        restored.Replay("a", 1, 60, first, closings: null, WindowRig.Clock);
        restored.CatchUp(head.Written, WindowRig.Clock);
        Assert.Equal(1, stayed.Apply("b", 1, 62, late));
        Assert.Equal(1, restored.Apply("b", 1, 62, late));
        Assert.Equal(WindowRig.Close(stayed), WindowRig.Close(restored));
    }

    private static WindowEvent At(long time) => new(time, "k", 1L);

    private static byte[] Piece(AnalyzerDefinition definition, params WindowEvent[] events)
    {
        var batch = WindowRig.NewBatch();
        var step = definition.BuildStep(WindowRig.ContextOf(batch));
        step.AddPartition(AnalyzerStep.NoTime);
        WindowRig.Fill(batch, 0, events);
        step.Process(batch);
        var piece = new ByteBuffer();
        Assert.True(step.TakePiece(0, 0, piece));
        return piece.Written.ToArray();
    }
}
