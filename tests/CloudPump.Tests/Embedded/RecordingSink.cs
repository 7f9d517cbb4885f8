using System.Globalization;
using System.Text;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

/// <summary>A sink that records what it gets, and can fail. Like a file, it is cut back to the committed length when it is opened.</summary>
[Component(ComponentKind.Sink, "recording", "Records events for a test.")]
internal sealed class RecordingSink : SinkDefinition
{
    private readonly Lock _lock = new();
    private readonly List<(EventId Id, string Json)> _delivered = [];

    /// <summary>Called before a batch is taken; may throw.</summary>
    public Action<EventBatch> Writing { get; set; } = static _ => { };

    /// <summary>Called before a flush; may throw.</summary>
    public Action Flushing { get; set; } = static () => { };

    /// <summary>The flushed events as JSON, in order.</summary>
    public IReadOnlyList<string> Events => [.. Delivered.Select(d => d.Json)];

    /// <summary>The flushed events.</summary>
    public IReadOnlyList<(EventId Id, string Json)> Delivered
    {
        get
        {
            lock (_lock)
            {
                return [.. _delivered];
            }
        }
    }

    /// <summary>An action that throws the first times.</summary>
    public static Action FailFirst(int times) => () =>
    {
        if (times-- > 0)
        {
            throw new IOException("The sink is away.");
        }
    };

    public override ISink Build(BuildContext context) => new Sink(this);

    private sealed class Sink(RecordingSink owner) : ISink
    {
        private readonly EventJsonWriter _json = new();
        private readonly List<(EventId Id, string Json)> _pending = [];

        public ValueTask OpenAsync(string? committed, CancellationToken cancellationToken)
        {
            var length = committed is null ? 0 : int.Parse(committed);
            owner._delivered.RemoveRange(length, owner._delivered.Count - length);
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            owner.Writing(batch);
            foreach (var row in batch.Rows)
            {
                if (batch.RemovalOf(row) == Removal.None)
                {
                    var text = new ByteBuffer(256);
                    _json.Write(text, batch, row);
                    _pending.Add((batch.Id(row), Encoding.UTF8.GetString(text.Written)));
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<string?> FlushAsync(CancellationToken cancellationToken)
        {
            owner.Flushing();
            lock (owner._lock)
            {
                owner._delivered.AddRange(_pending);
                _pending.Clear();
                return new(owner._delivered.Count.ToString(CultureInfo.InvariantCulture));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
