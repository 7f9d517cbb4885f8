using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>Values by their group key, with count and priority: an open-addressing table of indices into a list.</summary>
internal sealed class ValueTable
{
    private readonly ByteBuffer _keys = new(64);
    private int[] _places = new int[8];
    private Entry[] _entries = new Entry[4];

    public int Count { get; private set; }

    public int KeyBytes => _keys.Length;

    public ReadOnlySpan<byte> Key(int index) => _keys.Written.Slice(_entries[index].Offset, _entries[index].Length);

    public ulong Hash(int index) => _entries[index].Hash;

    public long CountOf(int index) => _entries[index].Count;

    public ulong Priority(int index) => _entries[index].Priority;

    public void Clear()
    {
        Count = 0;
        _keys.Clear();
        Array.Clear(_places);
    }

    /// <summary>The index of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key, ulong hash)
    {
        var mask = _places.Length - 1;
        for (var place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            var index = _places[place] - 1;
            if (index < 0 || (_entries[index].Hash == hash && Key(index).SequenceEqual(key)))
            {
                return index;
            }
        }
    }

    /// <summary>Adds a key that is not there; returns its index.</summary>
    public int Add(ReadOnlySpan<byte> key, ulong hash)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
            _places = new int[_places.Length * 2];
            for (var i = 0; i < Count; i++)
            {
                Place(i);
            }
        }

        _entries[Count] = new Entry { Hash = hash, Offset = _keys.Length, Length = key.Length, Priority = ulong.MaxValue };
        _keys.Write(key);
        Place(Count);
        return Count++;
    }

    /// <summary>Notes events of a key.</summary>
    public void Note(int index, long count, ulong priority)
    {
        ref var entry = ref _entries[index];
        entry.Count += count;
        entry.Priority = Math.Min(entry.Priority, priority);
    }

    /// <summary>All indices, the least priority first.</summary>
    public int[] ByPriority()
    {
        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(order, (a, b) => _entries[a].Priority != _entries[b].Priority
            ? _entries[a].Priority.CompareTo(_entries[b].Priority)
            : Key(a).SequenceCompareTo(Key(b)));
        return order;
    }

    /// <summary>A table of some of the entries.</summary>
    public ValueTable Pick(ReadOnlySpan<int> indices)
    {
        var picked = new ValueTable();
        foreach (var index in indices)
        {
            picked.Note(picked.Add(Key(index), Hash(index)), CountOf(index), Priority(index));
        }

        return picked;
    }

    public void Write(ByteBuffer output, bool counts)
    {
        for (var i = 0; i < Count; i++)
        {
            output.WriteBlob(Key(i));
            if (counts)
            {
                output.WriteVarint((ulong)CountOf(i));
            }

            output.WriteInt64((long)Priority(i));
        }
    }

    private void Place(int index)
    {
        var mask = _places.Length - 1;
        var place = (int)_entries[index].Hash & mask;
        while (_places[place] != 0)
        {
            place = (place + 1) & mask;
        }

        _places[place] = index + 1;
    }

    private struct Entry
    {
        public ulong Hash;
        public int Offset;
        public int Length;
        public long Count;
        public ulong Priority;
    }
}
