namespace Azure.Messaging.EventHubs;

public class EventData
{
    public EventData(ReadOnlyMemory<byte> eventBody)
        : this(BinaryData.FromBytes(eventBody))
    {
    }

    public EventData(BinaryData eventBody) => EventBody = eventBody;

    internal EventData(BinaryData eventBody, IDictionary<string, object>? properties, long sequenceNumber, DateTimeOffset enqueuedTime)
    {
        EventBody = eventBody;
        Properties = properties ?? Properties;
        (SequenceNumber, EnqueuedTime) = (sequenceNumber, enqueuedTime);
    }

    public BinaryData EventBody { get; set; }

    public string? ContentType { get; set; }

    public IDictionary<string, object> Properties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public long SequenceNumber { get; } = long.MinValue;

    public DateTimeOffset EnqueuedTime { get; }
}
