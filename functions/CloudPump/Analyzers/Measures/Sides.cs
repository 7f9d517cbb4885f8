namespace CloudPump.Analyzers.Measures;

/// <summary>The larger states of the few groups whose usual, small state does not suffice; a released one is used again.</summary>
internal sealed class Sides<T>
    where T : ISide, new()
{
    private readonly List<T> _items = [];
    private readonly Stack<int> _free = new();

    public T this[int index] => _items[index];

    /// <summary>An empty one; returns its number.</summary>
    public int Take()
    {
        if (_free.TryPop(out var index))
        {
            return index;
        }

        _items.Add(new T());
        return _items.Count - 1;
    }

    public void Release(int index)
    {
        _items[index].Clear();
        _free.Push(index);
    }
}
