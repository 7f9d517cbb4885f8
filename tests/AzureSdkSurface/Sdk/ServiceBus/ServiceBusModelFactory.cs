namespace Azure.Messaging.ServiceBus;

public static class ServiceBusModelFactory
{
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData? body = null,
        string? messageId = null,
        string? partitionKey = null,
        string? viaPartitionKey = null,
        string? sessionId = null,
        string? replyToSessionId = null,
        TimeSpan timeToLive = default,
        string? correlationId = null,
        string? subject = null,
        string? to = null,
        string? contentType = null,
        string? replyTo = null,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object>? properties = null,
        Guid lockTokenGuid = default,
        int deliveryCount = 0,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string? deadLetterSource = null,
        long enqueuedSequenceNumber = 0,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active) =>
        new(body ?? BinaryData.FromString(""), contentType, (properties ?? new Dictionary<string, object>(StringComparer.Ordinal)).AsReadOnly(), deliveryCount, sequenceNumber, enqueuedTime);

    public static ServiceBusMessageBatch ServiceBusMessageBatch(
        long batchSizeBytes, IList<ServiceBusMessage> batchMessageStore, CreateMessageBatchOptions? batchOptions = null, Func<ServiceBusMessage, bool>? tryAddCallback = null) =>
        new(batchMessageStore, tryAddCallback ?? (static _ => true));
}
