namespace CloudPump.Expressions;

/// <summary>A map that is not JSON text: one that an expression made, or the event itself.</summary>
internal abstract class MapObject
{
    public abstract int Count { get; }

    public abstract void Entry(int index, out Value key, out Value value);

    public abstract bool TryGet(in Value key, out Value value);
}
