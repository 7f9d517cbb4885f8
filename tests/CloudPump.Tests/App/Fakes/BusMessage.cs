namespace CloudPump.Tests.App.Fakes;

/// <summary>A message that a subscription holds.</summary>
internal sealed class BusMessage(long sequence, BinaryData body, string? contentType, IDictionary<string, object> properties, DateTimeOffset enqueued)
{
    public long Sequence => sequence;

    public BinaryData Body => body;

    public string? ContentType => contentType;

    public IDictionary<string, object> Properties => properties;

    public DateTimeOffset Enqueued => enqueued;

    public int Deliveries { get; set; }

    public bool Locked { get; set; }
}
