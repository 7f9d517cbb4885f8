using CloudPump.Events;

namespace CloudPump.Hosting.Invocations;

/// <summary>A partition whose events are handed over by a trigger, so that nobody reads it.</summary>
internal sealed class ReceivedPartition(string name, Origin origin, bool isSignals) : SourcePartition
{
    public override string Name => name;

    public override Origin Origin => origin;

    public override bool IsSignals => isSignals;

    // Signals have no event time.
    public override bool HoldsTimeBack => !isSignals;

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken) => new(ReadResult.End);
}
