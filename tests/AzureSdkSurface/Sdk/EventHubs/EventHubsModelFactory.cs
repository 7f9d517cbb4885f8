using Azure.Messaging.EventHubs.Producer;

namespace Azure.Messaging.EventHubs;

public static class EventHubsModelFactory
{
    public static EventData EventData(
        BinaryData eventBody,
        IDictionary<string, object>? properties = null,
        IReadOnlyDictionary<string, object>? systemProperties = null,
        string? partitionKey = null,
        long sequenceNumber = long.MinValue,
        long offset = long.MinValue,
        DateTimeOffset enqueuedTime = default) => new(eventBody, properties, sequenceNumber, enqueuedTime);

    public static EventDataBatch EventDataBatch(
        long batchSizeBytes, IList<EventData> batchEventStore, CreateBatchOptions? batchOptions = null, Func<EventData, bool>? tryAddCallback = null) =>
        new(batchSizeBytes, batchEventStore, tryAddCallback ?? (static _ => true));
}
