using Azure.Core;

namespace Azure.Messaging.EventHubs.Producer;

public class EventHubProducerClient : IAsyncDisposable
{
    protected EventHubProducerClient()
    {
    }

    public EventHubProducerClient(string connectionString, string eventHubName) => throw new NotSupportedException(connectionString + eventHubName);

    public EventHubProducerClient(string fullyQualifiedNamespace, string eventHubName, TokenCredential credential, EventHubProducerClientOptions? clientOptions = null) =>
        throw new NotSupportedException($"{fullyQualifiedNamespace}{eventHubName}{credential}{clientOptions}");

    public virtual Task<string[]> GetPartitionIdsAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual ValueTask<EventDataBatch> CreateBatchAsync(CreateBatchOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual Task SendAsync(EventDataBatch eventBatch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
