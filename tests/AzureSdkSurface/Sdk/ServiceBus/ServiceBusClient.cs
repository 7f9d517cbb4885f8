using Azure.Core;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient()
    {
    }

    public ServiceBusClient(string connectionString) => throw new NotSupportedException(connectionString);

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) => throw new NotSupportedException($"{fullyQualifiedNamespace}{credential}");

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => throw new NotSupportedException(queueOrTopicName);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
