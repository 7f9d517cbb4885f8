using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.App.Messaging;

/// <summary>Sends to event hubs, as few batches as hold the events, one after the other for each partition.</summary>
public sealed class HubSender(Hubs hubs, IBlobs blobs)
{
    /// <summary>Sends the parcels for one partition of a hub, in order.</summary>
    public async Task SendAsync(string hub, int partition, IEnumerable<Consignment> consignments, CancellationToken cancellationToken)
    {
        var options = new CreateBatchOptions { PartitionId = await hubs.PartitionAsync(hub, partition, cancellationToken) };
        var events = consignments.Select(c => (Parcel: c, Data: DataOf(c))).ToList();
        await SendAsync(hub, options, events.Count, i => events[i].Data, i => ClaimAsync(events[i].Parcel, events[i].Data, cancellationToken), cancellationToken);
    }

    /// <summary>Sends events from outside as they are.</summary>
    /// <exception cref="EventTooLargeException">An event is larger than what the hub takes.</exception>
    public Task IngestAsync(string hub, IReadOnlyList<ReadOnlyMemory<byte>> events, string? key, CancellationToken cancellationToken)
    {
        var options = key is null ? new CreateBatchOptions() : new CreateBatchOptions { PartitionKey = key };
        return SendAsync(hub, options, events.Count, i => new EventData(events[i]), i => throw new EventTooLargeException(events[i].Length), cancellationToken);
    }

    private async Task SendAsync(string hub, CreateBatchOptions options, int count, Func<int, EventData> at, Func<int, Task<EventData>> shrink, CancellationToken cancellationToken)
    {
        var producer = hubs.Producer(hub);
        var batch = await producer.CreateBatchAsync(options, cancellationToken);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var data = at(i);
                while (!batch.TryAdd(data))
                {
                    if (batch.Count == 0)
                    {
                        data = await shrink(i);
                        continue;
                    }

                    await producer.SendAsync(batch, cancellationToken);
                    batch.Dispose();
                    batch = await producer.CreateBatchAsync(options, cancellationToken);
                }
            }

            if (batch.Count > 0)
            {
                await producer.SendAsync(batch, cancellationToken);
            }
        }
        finally
        {
            batch.Dispose();
        }
    }

    private static EventData DataOf(Consignment consignment)
    {
        var data = new EventData(ParcelCodec.Write(consignment.Parcel).AsMemory()) { ContentType = Parcel.ContentType };
        foreach (var (name, value) in ParcelProperties.Of(consignment))
        {
            data.Properties[name] = value;
        }

        return data;
    }

    private async Task<EventData> ClaimAsync(Consignment consignment, EventData whole, CancellationToken cancellationToken)
    {
        var name = await Claims.PutAsync(blobs, whole.EventBody, cancellationToken);
        var data = new EventData(ReadOnlyMemory<byte>.Empty) { ContentType = Parcel.ContentType };
        foreach (var (property, value) in ParcelProperties.Of(consignment))
        {
            data.Properties[property] = value;
        }

        data.Properties[Received.ClaimProperty] = name;
        return data;
    }
}
