namespace CloudPump.Pipelines;

/// <summary>A map in the order in which it was written, such as field to expression.</summary>
public sealed class NamedList<T> : List<KeyValuePair<string, T>>
{
    /// <summary>Adds an entry; makes collection initialisers read like a map.</summary>
    public void Add(string name, T value) => Add(KeyValuePair.Create(name, value));
}
