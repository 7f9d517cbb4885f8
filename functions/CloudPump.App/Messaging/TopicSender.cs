using Azure.Messaging.ServiceBus;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.App.Messaging;

/// <summary>Sends to the topic of routes: one message for each parcel, as many messages to a send as it takes.</summary>
public sealed class TopicSender(Lazy<ServiceBusClient> client, IBlobs blobs) : IAsyncDisposable
{
    private readonly Lazy<ServiceBusSender> _sender = new(() => client.Value.CreateSender(PipelineStreams.RoutesTopic));

    /// <summary>Sends parcels.</summary>
    public Task SendAsync(IReadOnlyList<Consignment> consignments, CancellationToken cancellationToken) =>
        SendAsync([.. consignments.Select(MessageOf)], cancellationToken);

    /// <summary>Puts events from outside into the subscription of a pipeline, many to a message.</summary>
    public Task IngestAsync(string pipeline, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        foreach (var text in events)
        {
            body.Write(text.Span);
            body.WriteByte((byte)'\n');
        }

        var message = new ServiceBusMessage(body.ToArray().AsMemory()) { ContentType = Received.Ndjson };
        message.ApplicationProperties[ParcelProperties.Pipeline] = pipeline;
        return SendAsync([message], cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_sender.IsValueCreated)
        {
            await _sender.Value.DisposeAsync();
        }
    }

    private async Task SendAsync(IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        var batch = await _sender.Value.CreateMessageBatchAsync(cancellationToken);
        try
        {
            foreach (var message in messages)
            {
                while (!batch.TryAddMessage(message))
                {
                    if (batch.Count == 0)
                    {
                        await ClaimAsync(message, cancellationToken);
                        continue;
                    }

                    await _sender.Value.SendMessagesAsync(batch, cancellationToken);
                    batch.Dispose();
                    batch = await _sender.Value.CreateMessageBatchAsync(cancellationToken);
                }
            }

            await _sender.Value.SendMessagesAsync(batch, cancellationToken);
        }
        finally
        {
            batch.Dispose();
        }
    }

    private static ServiceBusMessage MessageOf(Consignment consignment)
    {
        var message = new ServiceBusMessage(ParcelCodec.Write(consignment.Parcel).AsMemory()) { ContentType = Parcel.ContentType };
        foreach (var (name, value) in ParcelProperties.Of(consignment))
        {
            message.ApplicationProperties[name] = value;
        }

        return message;
    }

    // A message that does not fit an empty batch, once its body is gone, can only be refused by the service.
    private async Task ClaimAsync(ServiceBusMessage message, CancellationToken cancellationToken)
    {
        if (message.ApplicationProperties.ContainsKey(Received.ClaimProperty))
        {
            throw new InvalidOperationException("The topic takes no message, not even an empty one.");
        }

        message.ApplicationProperties[Received.ClaimProperty] = await Claims.PutAsync(blobs, message.Body, cancellationToken);
        message.Body = BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty);
    }
}
