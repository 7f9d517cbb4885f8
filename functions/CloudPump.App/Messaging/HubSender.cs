using System.Globalization;
using System.Text;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using CloudPump.Events;
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

    /// <summary>Sends events from outside as they are. All batches are filled before the first one is sent: when one event is too large, none is taken.</summary>
    /// <exception cref="EventTooLargeException">An event is larger than what the hub takes.</exception>
    public async Task IngestAsync(string hub, IReadOnlyList<ReadOnlyMemory<byte>> events, string? key, CancellationToken cancellationToken)
    {
        var options = string.IsNullOrEmpty(key) ? new CreateBatchOptions() : new CreateBatchOptions { PartitionKey = KeyOf(key) };
        var batches = new List<EventDataBatch>();
        try
        {
            foreach (var body in events)
            {
                if (batches.Count > 0 && batches[^1].TryAdd(new EventData(body)))
                {
                    continue;
                }

                batches.Add(await hubs.Producer(hub).CreateBatchAsync(options, cancellationToken));
                if (!batches[^1].TryAdd(new EventData(body)))
                {
                    throw new EventTooLargeException(body.Length);
                }
            }

            foreach (var batch in batches)
            {
                await hubs.Producer(hub).SendAsync(batch, cancellationToken);
            }
        }
        finally
        {
            batches.ForEach(b => b.Dispose());
        }
    }

    // A partition key has 128 characters at most.
    private static string KeyOf(string key) => key.Length <= 128 ? key : StableHash.Of(Encoding.UTF8.GetBytes(key)).ToString("x16", CultureInfo.InvariantCulture);

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
