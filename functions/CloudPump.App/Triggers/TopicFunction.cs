using Azure.Messaging.ServiceBus;
using CloudPump.App.Analyzers;
using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CloudPump.App.Triggers;

/// <summary>
/// Messages of a subscription, settled one by one: done, or given back to the broker when the platform failed. Each holds many events, so few come at a time.
/// </summary>
public sealed class TopicFunction(InvocationHost host, EntitySignals signals, TimeProvider time, ILogger<TopicFunction> log)
{
    /// <summary>Takes each message all the way.</summary>
    [Function(Templates.Topic)]
    public async Task RunAsync(
        [ServiceBusTrigger(Templates.Placeholder, Templates.Placeholder, Connection = AppSettings.ServiceBus, IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        signals.Use(client);
        var input = host.InputOf(context.FunctionDefinition.Name);
        var locks = new MessageLocks(messages, actions, time, log);
        foreach (var message in messages)
        {
            await locks.KeepAsync(cancellationToken);
            try
            {
                await host.DeliverAsync(input, Read(message), locks.KeepAsync, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.LogWarning(e, "A message for '{Function}' was not taken; the broker delivers it again.", input.Function);
                await locks.AbandonAsync(message, cancellationToken);
                continue;
            }

            await locks.CompleteAsync(message, cancellationToken);
        }
    }

    private static Received Read(ServiceBusReceivedMessage message) => new(
        message.SequenceNumber,
        message.Body.ToMemory(),
        message.ContentType,
        message.EnqueuedTime,
        message.ApplicationProperties.TryGetValue(Received.ClaimProperty, out var claim) ? claim as string : null);
}
