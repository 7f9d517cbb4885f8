namespace CloudPump.Hosting.Invocations;

/// <summary>Wakes shards. A signal may be lost, repeated, late or out of order: it only says that there is something, and may bring it along.</summary>
public interface IShardSignals
{
    /// <summary>Tells a shard of a piece.</summary>
    Task ApplyAsync(PieceSignal signal, CancellationToken cancellationToken);

    /// <summary>Asks a shard to look at the progress of all its partitions.</summary>
    Task SweepAsync(ShardAddress shard, CancellationToken cancellationToken);
}
