using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace CloudPump.App.Analyzers;

/// <summary>Signals the entities of shards. The client comes with the invocations; it is the same for all of them.</summary>
public sealed class EntitySignals : IShardSignals
{
    private volatile DurableTaskClient? _client;

    /// <summary>Takes the client of an invocation.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    /// <inheritdoc/>
    public Task ApplyAsync(PieceSignal signal, CancellationToken cancellationToken) =>
        SignalAsync(new ShardAddress(signal.Analyzer, signal.Shard), ShardKeeper.Apply, signal, cancellationToken);

    /// <inheritdoc/>
    public Task SweepAsync(ShardAddress shard, CancellationToken cancellationToken) => SignalAsync(shard, ShardKeeper.Sweep, null, cancellationToken);

    /// <summary>The entity of a shard.</summary>
    public static EntityInstanceId EntityOf(ShardAddress shard) => new(AnalyzerEntity.Name, shard.Key);

    private Task SignalAsync(ShardAddress shard, string operation, object? input, CancellationToken cancellationToken)
    {
        var client = _client ?? throw new InvalidOperationException("No invocation has brought a client of the durable entities yet.");
        return client.Entities.SignalEntityAsync(EntityOf(shard), operation, input, cancellation: cancellationToken);
    }
}
