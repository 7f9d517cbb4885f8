using System.Runtime.CompilerServices;
using Azure.Messaging.ServiceBus;
using CloudPump.Hosting.Topology;

namespace CloudPump.Tests.App.Fakes;

/// <summary>A Service Bus namespace in memory: one topic whose subscriptions filter by the property `pipeline`.</summary>
internal sealed class FakeBus(HostTopology topology, TimeProvider time) : ServiceBusClient
{
    private const int MostBytes = 256 << 10;
    private readonly Dictionary<string, List<BusMessage>> _subscriptions = topology.Subscriptions.ToDictionary(s => s.Name, _ => new List<BusMessage>(), StringComparer.Ordinal);
    private readonly ConditionalWeakTable<ServiceBusMessageBatch, List<ServiceBusMessage>> _batches = [];
    private readonly Lock _lock = new();
    private long _sequence;

    /// <summary>Called before a batch is taken; may throw.</summary>
    public Action Sending { get; set; } = static () => { };

    /// <summary>Called after a batch was taken; may throw: the answer was lost.</summary>
    public Action Sent { get; set; } = static () => { };

    /// <summary>How many messages were sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Messages settled for good, by name of what was done.</summary>
    public List<string> Settled { get; } = [];

    /// <summary>Takes messages that nobody has locked, and locks them.</summary>
    public IReadOnlyList<BusMessage> Receive(string subscription, int most, Random? order = null)
    {
        lock (_lock)
        {
            var free = _subscriptions[subscription].Where(m => !m.Locked).ToList();
            var taken = (order is null ? free : [.. free.OrderBy(_ => order.Next())]).Take(most).ToList();
            taken.ForEach(m => (m.Locked, m.Deliveries) = (true, m.Deliveries + 1));
            return taken;
        }
    }

    public int Waiting(string subscription)
    {
        lock (_lock)
        {
            return _subscriptions[subscription].Count;
        }
    }

    public void Complete(string subscription, BusMessage message)
    {
        lock (_lock)
        {
            Settled.Add("completed");
            _subscriptions[subscription].Remove(message);
        }
    }

    public void Release(BusMessage message, string how)
    {
        lock (_lock)
        {
            Settled.Add(how);
            message.Locked = false;
        }
    }

    /// <summary>Puts a message there, as somebody outside does.</summary>
    public void Put(string pipeline, string text, string? contentType = null) =>
        Put(new BusMessage(++_sequence, BinaryData.FromString(text), contentType, new Dictionary<string, object>(StringComparer.Ordinal) { ["pipeline"] = pipeline }, time.GetUtcNow()));

    public override ServiceBusSender CreateSender(string queueOrTopicName)
    {
        Assert.Equal("routes", queueOrTopicName);
        return new Sender(this);
    }

    private void Put(BusMessage message)
    {
        lock (_lock)
        {
            foreach (var subscription in topology.Subscriptions.Where(s => Equals(message.Properties["pipeline"], s.Pipeline)))
            {
                _subscriptions[subscription.Name].Add(new BusMessage(++_sequence, message.Body, message.ContentType, message.Properties, message.Enqueued));
            }
        }
    }

    private ServiceBusMessageBatch Create()
    {
        var (messages, bytes) = (new List<ServiceBusMessage>(), 0);
        var batch = ServiceBusModelFactory.ServiceBusMessageBatch(MostBytes, messages, null, message =>
        {
            var size = message.Body.ToMemory().Length + 500;
            if (bytes + size > MostBytes)
            {
                return false;
            }

            bytes += size;
            return true;
        });
        _batches.Add(batch, messages);
        return batch;
    }

    private void Send(ServiceBusMessageBatch batch)
    {
        Assert.True(_batches.TryGetValue(batch, out var messages));
        Sending();
        foreach (var message in messages)
        {
            lock (_lock)
            {
                Messages++;
            }

            Put(new BusMessage(0, message.Body, message.ContentType, message.ApplicationProperties, time.GetUtcNow()));
        }

        Sent();
    }

    private sealed class Sender(FakeBus bus) : ServiceBusSender
    {
        public override ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) => new(bus.Create());

        public override Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
        {
            bus.Send(messageBatch);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
