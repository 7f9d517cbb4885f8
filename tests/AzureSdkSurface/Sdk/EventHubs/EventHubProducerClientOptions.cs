namespace Azure.Messaging.EventHubs.Producer;

public class EventHubProducerClientOptions;
