using CloudPump.Events;

namespace CloudPump.Analyzers.Findings;

/// <summary>What a detector remembers of keys. When it is full, keys that are new are not remembered.</summary>
internal sealed class KeyMemory<T>(int maxKeys)
    where T : class, new()
{
    private readonly SortedDictionary<byte[], T> _keys = new(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));

    /// <summary>The keys, in the order of their bytes.</summary>
    public IEnumerable<KeyValuePair<byte[], T>> Keys => _keys;

    /// <summary>What is remembered of a key; null when there is no room for it.</summary>
    public T? Of(ReadOnlySpan<byte> key)
    {
        var bytes = key.ToArray();
        if (!_keys.TryGetValue(bytes, out var memory) && _keys.Count < maxKeys)
        {
            memory = new T();
            _keys.Add(bytes, memory);
        }

        return memory;
    }

    public void Remove(byte[] key) => _keys.Remove(key);

    public void Save(ByteBuffer output, Action<T> save)
    {
        output.WriteVarint((ulong)_keys.Count);
        foreach (var (key, memory) in _keys)
        {
            output.WriteBlob(key);
            save(memory);
        }
    }
}
