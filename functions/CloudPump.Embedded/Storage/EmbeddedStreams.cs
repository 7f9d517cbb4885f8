using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>The streams of the store, as sources and sinks see them.</summary>
internal sealed class EmbeddedStreams(StreamLogs logs, StoreDatabase database, Func<StreamLog, bool> endsWhenDrained) : IStreams
{
    public int PartitionsOf(string stream, int wanted) => logs.PartitionsOf(stream, wanted);

    public IReadOnlyList<SourcePartition> Open(string stream, string consumer, int partitions) =>
        [.. Enumerable.Range(0, logs.PartitionsOf(stream, partitions)).Select(p => logs.OfStream(stream, p)).Select(log => Open(log, consumer))];

    /// <summary>Opens one log for a consumer.</summary>
    public SourcePartition Open(StreamLog log, string consumer) => new LogPartition(log, consumer, database, endsWhenDrained(log));
}
