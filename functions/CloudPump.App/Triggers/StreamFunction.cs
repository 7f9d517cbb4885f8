using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Messaging.EventHubs;
using CloudPump.App.Analyzers;
using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CloudPump.App.Triggers;

/// <summary>
/// A batch of one partition of an event hub. The host checkpoints it after this returns, and after it threw as well once the retries are over: so it throws only when
/// the platform itself fails, and the retries have no end.
/// </summary>
public sealed class StreamFunction(InvocationHost host, EntitySignals signals)
{
    /// <summary>Takes the batch all the way.</summary>
    [Function(Templates.Stream)]
    [ExponentialBackoffRetry(-1, "00:00:05", "00:15:00")]
    public async Task RunAsync(
        [EventHubTrigger(Templates.Placeholder, Connection = AppSettings.EventHubs, ConsumerGroup = Templates.Placeholder, IsBatched = true)] EventData[] events,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        signals.Use(client);
        var input = host.InputOf(context.FunctionDefinition.Name);
        await host.DeliverAsync(input, PartitionOf(context), [.. events.Select(Read)], cancellationToken);
    }

    /// <summary>A message of an event hub as the engine knows it. Its position is the sequence number: offsets have gaps.</summary>
    private static Received Read(EventData data) => new(
        data.SequenceNumber,
        data.EventBody.ToMemory(),
        data.ContentType,
        data.EnqueuedTime,
        data.Properties.TryGetValue(Received.ClaimProperty, out var claim) ? claim as string : null);

    private static int PartitionOf(FunctionContext context)
    {
        var data = context.BindingContext.BindingData;
        var text = (data.GetValueOrDefault("PartitionContext") ?? data.GetValueOrDefault("TriggerPartitionContext"))?.ToString();
        return (string?)(text is null ? null : JsonNode.Parse(text))?["PartitionId"] is { } id && int.TryParse(id, CultureInfo.InvariantCulture, out var partition)
            ? partition
            : throw new InvalidOperationException("The trigger did not tell the partition of its batch; the Event Hubs extension is too old.");
    }
}
