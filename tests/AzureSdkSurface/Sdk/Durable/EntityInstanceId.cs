namespace Microsoft.DurableTask.Entities;

public readonly record struct EntityInstanceId
{
    // The name is lower-cased by the SDK, the key is not.
    public EntityInstanceId(string name, string key) => (Name, Key) = (name.ToLowerInvariant(), key);

    public string Name { get; }

    public string Key { get; }
}
