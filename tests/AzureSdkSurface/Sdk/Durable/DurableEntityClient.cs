using Microsoft.DurableTask.Entities;

namespace Microsoft.DurableTask.Client.Entities;

public abstract class DurableEntityClient
{
    protected DurableEntityClient(string name) => Name = name;

    public string Name { get; }

    public abstract Task SignalEntityAsync(
        EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null, CancellationToken cancellation = default);
}
