using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Groups of events by key, with their measures: an open-addressing table from key bytes to a group number, and a column per measure.</summary>
internal sealed class GroupTable(MeasureSet measures)
{
    private readonly Measure[] _columns = measures.CreateColumns();
    private readonly ByteBuffer _keys = new(1024);
    private int[] _buckets = new int[64];
    private Entry[] _entries = new Entry[32];

    /// <summary>How many groups there are.</summary>
    public int Count { get; private set; }

    public Measure[] Columns => _columns;

    public ReadOnlySpan<byte> Key(int group) => _keys.Written.Slice(_entries[group].Offset, _entries[group].Length);

    public ulong Hash(int group) => _entries[group].Hash;

    public void Clear()
    {
        Count = 0;
        _keys.Clear();
        Array.Clear(_buckets);
    }

    /// <summary>The group of a key, made when it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong hash)
    {
        var mask = _buckets.Length - 1;
        for (var bucket = (int)hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var group = _buckets[bucket] - 1;
            if (group < 0)
            {
                return Add(key, hash, bucket);
            }

            if (_entries[group].Hash == hash && Key(group).SequenceEqual(key))
            {
                return group;
            }
        }
    }

    /// <summary>Notes one event of a group.</summary>
    public void CountEvent(int group) => _entries[group].Events++;

    /// <summary>The groups in the order of their keys' bytes.</summary>
    public int[] Sorted()
    {
        var groups = new int[Count];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = i;
        }

        Array.Sort(groups, (a, b) => Key(a).SequenceCompareTo(Key(b)));
        return groups;
    }

    /// <summary>Writes the groups that <paramref name="wanted"/> picks.</summary>
    public void Write(ByteBuffer output, IReadOnlyList<int> wanted)
    {
        output.WriteVarint((ulong)wanted.Count);
        foreach (var group in wanted)
        {
            output.WriteBlob(Key(group));
            output.WriteVarint((ulong)_entries[group].Events);
            foreach (var column in _columns)
            {
                column.Write(group, output);
            }
        }
    }

    /// <summary>Adds written groups to these; returns how many events they hold.</summary>
    public long Merge(ref ByteReader input)
    {
        var events = 0L;
        for (var count = input.Count(); count > 0; count--)
        {
            var key = input.Blob();
            var group = FindOrAdd(key, StableHash.Of(key));
            var added = (long)input.Varint();
            _entries[group].Events += added;
            events += added;
            foreach (var column in _columns)
            {
                column.Merge(group, ref input);
            }
        }

        return events;
    }

    private int Add(ReadOnlySpan<byte> key, ulong hash, int bucket)
    {
        var group = Count++;
        if (group == _entries.Length)
        {
            Array.Resize(ref _entries, group * 2);
        }

        _entries[group] = new Entry { Hash = hash, Offset = _keys.Length, Length = key.Length };
        _keys.Write(key);
        _buckets[bucket] = group + 1;
        foreach (var column in _columns)
        {
            column.AddGroup(group);
        }

        if (Count * 2 > _buckets.Length)
        {
            Rehash();
        }

        return group;
    }

    private void Rehash()
    {
        _buckets = new int[_buckets.Length * 4];
        var mask = _buckets.Length - 1;
        for (var group = 0; group < Count; group++)
        {
            var bucket = (int)_entries[group].Hash & mask;
            while (_buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & mask;
            }

            _buckets[bucket] = group + 1;
        }
    }

    private struct Entry
    {
        public ulong Hash;
        public int Offset;
        public int Length;
        public long Events;
    }
}
