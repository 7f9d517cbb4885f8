namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage(BinaryData body, string? contentType, IReadOnlyDictionary<string, object> properties, int deliveryCount, long sequenceNumber, DateTimeOffset enqueuedTime) =>
        (Body, ContentType, ApplicationProperties, DeliveryCount, SequenceNumber, EnqueuedTime) = (body, contentType, properties, deliveryCount, sequenceNumber, enqueuedTime);

    public BinaryData Body { get; }

    public string? ContentType { get; }

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; }

    public int DeliveryCount { get; }

    public long SequenceNumber { get; }

    public DateTimeOffset EnqueuedTime { get; }
}
