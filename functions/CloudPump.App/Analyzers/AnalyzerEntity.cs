using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CloudPump.App.Analyzers;

/// <summary>
/// A shard of an analyzer as a durable entity: a thin shell around the engine's operations. One instance runs one batch of them: a backend hands over all that waits,
/// and keeps the state once, after the last of them.
/// </summary>
public sealed class AnalyzerEntity(InvocationHost host) : ITaskEntity
{
    /// <summary>The entities' name.</summary>
    public const string Name = "analyzer";

    private byte[]? _durable;
    private bool _begun;

    /// <summary>Hands operations to the entity.</summary>
    [Function("cloudpump-analyzer")]
    public Task DispatchAsync([EntityTrigger(EntityName = Name)] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync(new AnalyzerEntity(host));

    /// <inheritdoc/>
    public async ValueTask<object?> RunAsync(TaskEntityOperation operation)
    {
        var saved = operation.State.GetState<ShardState>()?.Record;
        if (!_begun)
        {
            (_begun, _durable) = (true, saved);
        }

        var signal = operation.HasInput && operation.Name.Equals(ShardKeeper.Apply, StringComparison.OrdinalIgnoreCase) ? operation.GetInput<PieceSignal>() : null;
        var outcome = await host.Shards.RunAsync(operation.Context.Id.Key, operation.Name, signal, saved, _durable, CancellationToken.None);
        operation.State.SetState(outcome.Saved is null ? null : new ShardState(outcome.Saved));
        if (outcome.Publish)
        {
            // Only once this state is durable does the signal go out, and so do the results.
            operation.Context.SignalEntity(operation.Context.Id, ShardKeeper.Publish);
        }

        return outcome.Answer;
    }
}
