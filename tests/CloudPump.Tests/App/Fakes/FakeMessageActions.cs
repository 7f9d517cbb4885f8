using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.Tests.App.Fakes;

/// <summary>Settles messages at the bus in memory.</summary>
internal sealed class FakeMessageActions(FakeBus bus, string subscription, IReadOnlyDictionary<long, BusMessage> messages) : ServiceBusMessageActions
{
    public int Renewed { get; private set; }

    public Action<string> Settling { get; set; } = static _ => { };

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        Settling("complete");
        bus.Complete(subscription, messages[message.SequenceNumber]);
        return Task.CompletedTask;
    }

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default)
    {
        Settling("abandon");
        bus.Release(messages[message.SequenceNumber], "abandoned");
        return Task.CompletedTask;
    }

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        Renewed++;
        return Task.CompletedTask;
    }
}
