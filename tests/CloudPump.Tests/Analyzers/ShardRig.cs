using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>One shard of a tumbling window, with the partition `a`, and the step before it.</summary>
internal sealed class ShardRig
{
    private readonly long _lateness;

    public ShardRig(long size, long lateness)
    {
        _lateness = lateness;
        var definition = WindowRig.Definition(size, lateness, 1);
        Step = definition.BuildStep(WindowRig.ContextOf(Batch));
        Step.AddPartition(AnalyzerStep.NoTime);
        Shard = new AnalyzerShard(definition.CreateShard());
        Shard.AddPartition("a");
    }

    public AnalyzerStep Step { get; }

    public AnalyzerShard Shard { get; }

    public EventBatch Batch { get; } = WindowRig.NewBatch();

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

    public List<string> Close() => WindowRig.Close(Shard);
}
