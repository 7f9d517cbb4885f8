using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Null;

/// <summary>Takes everything and keeps nothing.</summary>
[Component(ComponentKind.Sink, "null", "Takes every event and keeps none: for pipelines that only route or analyse, and for measuring.", Example = "'null': {}")]
public sealed class NullSink : SinkDefinition
{
    /// <inheritdoc/>
    public override ISink Build(BuildContext context) => new Sink();

    private sealed class Sink : ISink
    {
        public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
