using Microsoft.DurableTask.Entities;

namespace Microsoft.Azure.Functions.Worker;

public sealed class TaskEntityDispatcher
{
    internal TaskEntityDispatcher()
    {
    }

    public Task DispatchAsync(ITaskEntity entity) => throw new NotSupportedException();
}
