namespace CloudPump.Expressions;

/// <summary>A map that an expression made; its entries keep their order.</summary>
internal sealed class MapValue : MapObject
{
    private const int Small = 8;
    private readonly Value[] _keys;
    private readonly Value[] _values;
    private readonly Dictionary<Value, int>? _index;

    public MapValue(Value[] keys, Value[] values, int count)
    {
        _keys = keys;
        _values = values;
        Count = count;
        if (count > Small)
        {
            _index = new Dictionary<Value, int>(count, ValueComparer.Instance);
            for (var i = 0; i < count; i++)
            {
                _index.TryAdd(keys[i], i);
            }
        }
    }

    public override int Count { get; }

    public override void Entry(int index, out Value key, out Value value)
    {
        key = _keys[index];
        value = _values[index];
    }

    public override bool TryGet(in Value key, out Value value)
    {
        var at = IndexOf(key);
        value = at >= 0 ? _values[at] : default;
        return at >= 0;
    }

    /// <summary>Whether no two keys are equal.</summary>
    public bool HasDistinctKeys()
    {
        if (_index is not null)
        {
            return _index.Count == Count;
        }

        for (var i = 1; i < Count; i++)
        {
            if (IndexOf(_keys[i]) < i)
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(in Value key)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(key, -1);
        }

        for (var i = 0; i < Count; i++)
        {
            if (ValueComparer.Instance.Equals(_keys[i], key))
            {
                return i;
            }
        }

        return -1;
    }
}
