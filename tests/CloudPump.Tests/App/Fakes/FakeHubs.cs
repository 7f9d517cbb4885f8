using System.Runtime.CompilerServices;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using CloudPump.Hosting.Topology;

namespace CloudPump.Tests.App.Fakes;

/// <summary>An Event Hubs namespace in memory.</summary>
internal sealed class FakeHubs(HostTopology topology, TimeProvider time)
{
    private const int MostBytes = 1 << 20;
    private readonly Dictionary<string, List<HubMessage>[]> _hubs = topology.Hubs.ToDictionary(
        h => h.Name, h => Enumerable.Range(0, h.Partitions).Select(_ => new List<HubMessage>()).ToArray(), StringComparer.Ordinal);

    private readonly ConditionalWeakTable<EventDataBatch, Filling> _batches = [];
    private readonly Lock _lock = new();
    private int _roundRobin;

    /// <summary>Called before a batch is taken; may throw.</summary>
    public Action<string> Sending { get; set; } = static _ => { };

    /// <summary>Called after a batch was taken; may throw: the answer was lost.</summary>
    public Action<string> Sent { get; set; } = static _ => { };

    /// <summary>How many batches were sent.</summary>
    public int Sends { get; private set; }

    public int PartitionsOf(string hub) => _hubs[hub].Length;

    public IReadOnlyList<HubMessage> Messages(string hub, int partition)
    {
        lock (_lock)
        {
            return [.. _hubs[hub][partition]];
        }
    }

    public int Count(string hub, int partition)
    {
        lock (_lock)
        {
            return _hubs[hub][partition].Count;
        }
    }

    /// <summary>Puts an event there, as a producer of the world does.</summary>
    public void Put(string hub, int partition, string text, string? contentType = null) =>
        Put(hub, partition, BinaryData.FromString(text), contentType, new Dictionary<string, object>(StringComparer.Ordinal));

    public void Put(string hub, int partition, BinaryData body) => Put(hub, partition, body, null, new Dictionary<string, object>(StringComparer.Ordinal));

    /// <summary>Deletes a hub and makes it anew: its sequence numbers begin again.</summary>
    public void MakeAnew(string hub)
    {
        lock (_lock)
        {
            Array.ForEach(_hubs[hub], p => p.Clear());
        }
    }

    public EventHubProducerClient Producer(string hub) => new Client(this, hub);

    private void Put(string hub, int partition, BinaryData body, string? contentType, IDictionary<string, object> properties)
    {
        lock (_lock)
        {
            var messages = _hubs[hub][partition];
            messages.Add(new HubMessage(messages.Count, body, contentType, properties.AsReadOnly(), time.GetUtcNow()));
        }
    }

    private EventDataBatch Create(CreateBatchOptions options)
    {
        var filling = new Filling(options);
        var batch = EventHubsModelFactory.EventDataBatch(MostBytes, filling.Events, options, filling.TryAdd);
        _batches.Add(batch, filling);
        return batch;
    }

    private void Send(string hub, EventDataBatch batch)
    {
        Assert.True(_batches.TryGetValue(batch, out var filling));
        Sending(hub);
        lock (_lock)
        {
            Sends++;
        }

        var partitions = PartitionsOf(hub);
        var partition = filling.Options switch
        {
            { PartitionId: { Length: > 0 } id } => int.Parse(id),
            { PartitionKey: { Length: > 0 } key } => (int)(CloudPump.Events.StableHash.Of(System.Text.Encoding.UTF8.GetBytes(key)) % (ulong)partitions),
            _ => Interlocked.Increment(ref _roundRobin) % partitions,
        };
        foreach (var data in filling.Events)
        {
            Put(hub, partition, data.EventBody, data.ContentType, data.Properties);
        }

        Sent(hub);
    }


    private sealed class Filling(CreateBatchOptions options)
    {
        private int _bytes;

        public List<EventData> Events { get; } = [];

        public CreateBatchOptions Options => options;

        public bool TryAdd(EventData data)
        {
            var size = data.EventBody.ToMemory().Length + 100;
            if (_bytes + size > MostBytes)
            {
                return false;
            }

            _bytes += size;
            return true;
        }
    }

    private sealed class Client(FakeHubs hubs, string hub) : EventHubProducerClient
    {
        public override Task<string[]> GetPartitionIdsAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(Enumerable.Range(0, hubs.PartitionsOf(hub)).Select(p => p.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray());

        public override ValueTask<EventDataBatch> CreateBatchAsync(CreateBatchOptions options, CancellationToken cancellationToken = default) => new(hubs.Create(options));

        public override Task SendAsync(EventDataBatch eventBatch, CancellationToken cancellationToken = default)
        {
            hubs.Send(hub, eventBatch);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
