using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Shards;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace CloudPump.App.Analyzers;

/// <summary>A shard of an analyzer as a durable entity: a thin shell around the engine's operations.</summary>
public sealed class AnalyzerEntity(InvocationHost host) : ITaskEntity
{
    /// <summary>The entities' name.</summary>
    public const string Name = "analyzer";

    /// <summary>Hands operations to the entity.</summary>
    [Function("cloudpump-analyzer")]
    public Task DispatchAsync([EntityTrigger(EntityName = Name)] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync(this);

    /// <inheritdoc/>
    public async ValueTask<object?> RunAsync(TaskEntityOperation operation)
    {
        var saved = operation.State.GetState<ShardState>()?.Record;
        var signal = operation.HasInput && operation.Name.Equals(ShardKeeper.Apply, StringComparison.OrdinalIgnoreCase) ? operation.GetInput<PieceSignal>() : null;
        var outcome = await host.Shards.RunAsync(operation.Context.Id.Key, operation.Name, signal, saved, CancellationToken.None);
        operation.State.SetState(outcome.Saved is null ? null : new ShardState(outcome.Saved));
        if (outcome.Publish)
        {
            // Only once this state is durable does the signal go out, and so do the results.
            operation.Context.SignalEntity(operation.Context.Id, ShardKeeper.Publish);
        }

        return outcome.Answer;
    }
}
