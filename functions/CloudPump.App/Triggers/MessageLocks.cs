using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CloudPump.App.Triggers;

/// <summary>
/// The locks of the messages of one invocation. The host renews no locks of a batch, so this does while the messages wait their turn. A lock that is lost anyway
/// means that the broker delivers the message again, and its events are dropped as repeats.
/// </summary>
internal sealed class MessageLocks(IReadOnlyList<ServiceBusReceivedMessage> messages, ServiceBusMessageActions actions, TimeProvider time, ILogger log)
{
    // A subscription locks for five minutes.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly List<ServiceBusReceivedMessage> _held = [.. messages];
    private long _renewed = time.GetTimestamp();

    /// <summary>Renews the locks of the messages that are not settled yet, when they have aged.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_renewed) < Fresh)
        {
            return;
        }

        _renewed = time.GetTimestamp();
        foreach (var message in _held)
        {
            await TryAsync(() => actions.RenewMessageLockAsync(message, cancellationToken));
        }
    }

    /// <summary>The message is done.</summary>
    public Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        SettleAsync(message, () => actions.CompleteMessageAsync(message, cancellationToken));

    /// <summary>The message goes back to the broker.</summary>
    public Task AbandonAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        SettleAsync(message, () => actions.AbandonMessageAsync(message, null, cancellationToken));

    private Task SettleAsync(ServiceBusReceivedMessage message, Func<Task> settle)
    {
        _held.Remove(message);
        return TryAsync(settle);
    }

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ServiceBusException e)
        {
            log.LogInformation("A message's lock cannot be renewed or settled ({Reason}); the broker delivers it again.", e.Reason);
        }
    }
}
