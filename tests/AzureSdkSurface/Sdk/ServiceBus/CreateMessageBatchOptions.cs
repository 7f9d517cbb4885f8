namespace Azure.Messaging.ServiceBus;

public class CreateMessageBatchOptions;
