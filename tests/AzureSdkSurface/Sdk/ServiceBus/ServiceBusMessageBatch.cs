namespace Azure.Messaging.ServiceBus;

public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly IList<ServiceBusMessage> _messages;
    private readonly Func<ServiceBusMessage, bool> _tryAdd;

    internal ServiceBusMessageBatch(IList<ServiceBusMessage> messages, Func<ServiceBusMessage, bool> tryAdd) => (_messages, _tryAdd) = (messages, tryAdd);

    public int Count => _messages.Count;

    public bool TryAddMessage(ServiceBusMessage message)
    {
        if (!_tryAdd(message))
        {
            return false;
        }

        _messages.Add(message);
        return true;
    }

    public void Dispose()
    {
    }
}
