using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.EventHubs.Producer;

namespace CloudPump.App.Messaging;

/// <summary>A producer for each event hub that is sent to, and how many partitions the hub has.</summary>
public sealed class Hubs(Func<string, EventHubProducerClient> create) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EventHubProducerClient> _producers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _partitions = new(StringComparer.Ordinal);

    /// <summary>The producer of a hub.</summary>
    public EventHubProducerClient Producer(string hub) => _producers.GetOrAdd(hub, create);

    /// <summary>
    /// The id of the hub's partition that stands for a stream's. The pipelines chose the partition by the event's key, so it is the same one as on one machine,
    /// and what comes late by it is the same; when the hub has fewer partitions than the stream, several share one.
    /// </summary>
    public async Task<string> PartitionAsync(string hub, int partition, CancellationToken cancellationToken)
    {
        if (!_partitions.TryGetValue(hub, out var count))
        {
            count = (await Producer(hub).GetPartitionIdsAsync(cancellationToken)).Length;
            _partitions[hub] = count;
        }

        return (partition % count).ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var producer in _producers.Values)
        {
            await producer.DisposeAsync();
        }
    }
}
