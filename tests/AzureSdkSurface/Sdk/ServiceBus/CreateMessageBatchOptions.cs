namespace Azure.Messaging.ServiceBus;

public class CreateMessageBatchOptions
{
    internal CreateMessageBatchOptions()
    {
    }
}
