using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Hosting;

/// <summary>Appends events to a stream of the host. They are accepted together with the source positions, so none comes twice.</summary>
[Component(ComponentKind.Sink, "stream", "Appends to a stream: an event hub on Azure, the embedded log on one machine.", Example = "stream: {name: orders, key: customer}")]
public sealed class StreamSink : SinkDefinition
{
    /// <summary>The stream.</summary>
    [Option("The stream's name.", Main = true, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The key.</summary>
    [Option("Events with the same key go to the same partition; without it, events of the same source partition do.")]
    public Expression? Key { get; set; }

    /// <summary>Its partitions.</summary>
    [Option("How many partitions a new stream gets; an existing one keeps its number.")]
    public int Partitions { get; set; } = 4;

    /// <inheritdoc/>
    public override ISink Build(BuildContext context) =>
        new Sink(context.Outlet(OutletKind.Stream, Name, "sink", Partitions), Key?.Compile(context));

    private sealed class Sink(Outlet outlet, CompiledExpression? key) : ISink
    {
        private readonly ByteBuffer _key = new(256);

        public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            foreach (var row in batch.Rows)
            {
                outlet.Add(batch, row, PartitionOf(batch, row));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<string?> FlushAsync(CancellationToken cancellationToken) => new((string?)null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private int PartitionOf(EventBatch batch, int row)
        {
            _key.Clear();
            if (key is null)
            {
                var origin = batch.Origins[batch.Header(row).Origin];
                return (int)((uint)origin.Partition % outlet.Partitions);
            }

            // An event without the key goes where all such events go.
            ValueJson.Write(_key, key.Evaluate(batch, row) is { IsError: false } value ? value : Value.Null);
            return (int)(StableHash.Of(_key.Written) % (ulong)outlet.Partitions);
        }
    }
}
