namespace Azure.Messaging.ServiceBus;

public class ServiceBusMessage
{
    public ServiceBusMessage(ReadOnlyMemory<byte> body) => Body = BinaryData.FromBytes(body);

    public BinaryData Body { get; set; }

    public string? ContentType { get; set; }

    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);
}
