namespace Azure.Messaging.EventHubs.Producer;

public class SendEventOptions
{
    public string? PartitionId { get; set; }

    public string? PartitionKey { get; set; }
}
