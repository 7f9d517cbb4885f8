using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Console;

/// <summary>Writes one JSON object per line to standard output.</summary>
[Component(ComponentKind.Sink, "console", "Writes events to standard output, one JSON object per line.", Example = "console: {}")]
public sealed class ConsoleSink : SinkDefinition
{
    /// <inheritdoc/>
    public override ISink Build(BuildContext context) => new Sink(context.StandardOutput());

    private sealed class Sink(Stream output) : ISink
    {
        private const int DrainAt = 256 << 10;
        private readonly ByteBuffer _pending = new(64 << 10);
        private readonly EventJsonWriter _json = new();

        public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            if (_pending.Length > DrainAt)
            {
                await DrainAsync(cancellationToken);
            }

            foreach (var row in batch.Rows)
            {
                _json.Write(_pending, batch, row);
                _pending.WriteByte((byte)'\n');
            }
        }

        public async ValueTask<string?> FlushAsync(CancellationToken cancellationToken)
        {
            await DrainAsync(cancellationToken);
            await output.FlushAsync(cancellationToken);
            return null;
        }

        public ValueTask DisposeAsync() => output.DisposeAsync();

        private async ValueTask DrainAsync(CancellationToken cancellationToken)
        {
            await output.WriteAsync(_pending.WrittenMemory, cancellationToken);
            _pending.Clear();
        }
    }
}
