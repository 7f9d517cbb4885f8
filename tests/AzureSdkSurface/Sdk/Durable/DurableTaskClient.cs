using Microsoft.DurableTask.Client.Entities;

namespace Microsoft.DurableTask.Client;

public abstract class DurableTaskClient
{
    protected DurableTaskClient(string name) => Name = name;

    public string Name { get; }

    public virtual DurableEntityClient Entities => throw new NotSupportedException();
}
