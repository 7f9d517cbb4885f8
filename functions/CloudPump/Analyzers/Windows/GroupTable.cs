using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Groups of events by key, with a column per measure.</summary>
internal sealed class GroupTable(MeasureSet measures)
{
    private readonly KeyTable _keys = new();
    private Chunks<long> _events = new();

    /// <summary>How many groups there are.</summary>
    public int Count => _keys.Count;

    public Measure[] Columns { get; } = measures.CreateColumns();

    /// <summary>From this group on the others may lack events, since groups were closed early before; <see cref="int.MaxValue"/> when none was.</summary>
    public int PartialFrom { get; set; } = int.MaxValue;

    /// <summary>The groups that have told their result so far; null when none has.</summary>
    public HashSet<int>? Told { get; set; }

    /// <summary>The groups that something was merged into, when somebody wants to know.</summary>
    public List<int>? Touched { get; set; }

    public ReadOnlySpan<byte> Key(int group) => _keys[group];

    /// <summary>Where a group's key lies, for <see cref="KeyAt"/>.</summary>
    public uint PlaceOf(int group) => _keys.PlaceOf(group);

    /// <summary>The key that lies here.</summary>
    public ReadOnlySpan<byte> KeyAt(uint place) => _keys.At(place);

    public ulong Hash(int group) => _keys.Hash(group);

    public void Clear()
    {
        (PartialFrom, Told, Touched) = (int.MaxValue, null, null);
        _keys.Clear();
    }

    /// <summary>The group of a key, made when it is new.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong hash)
    {
        var count = _keys.Count;
        var group = _keys.FindOrAdd(key, hash);
        if (group == count)
        {
            _events.MakeRoom(group) = 0;
            foreach (var column in Columns)
            {
                column.AddGroup(group);
            }
        }

        return group;
    }

    /// <summary>Notes one event of a group.</summary>
    public void CountEvent(int group) => _events[group]++;

    /// <summary>The groups in the order of their keys' bytes.</summary>
    public int[] Sorted() => _keys.Sorted();

    /// <summary>Takes the groups that were touched, each once, in the order of their keys.</summary>
    public IReadOnlyList<int> TakeTouched()
    {
        var touched = (Touched ?? []).Distinct().ToList();
        touched.Sort((a, b) => Key(a).SequenceCompareTo(Key(b)));
        Touched = null;
        return touched;
    }

    /// <summary>Copies the groups with the fewest events into one empty table, the others, in their order, into another.</summary>
    public void Part(int count, GroupTable fewest, GroupTable others, ByteBuffer scratch)
    {
        var groups = new int[Count];
        for (var group = 0; group < groups.Length; group++)
        {
            groups[group] = group;
        }

        Array.Sort(groups, (a, b) => _events[a] != _events[b] ? _events[a].CompareTo(_events[b]) : Key(a).SequenceCompareTo(Key(b)));
        Array.Sort(groups, count, groups.Length - count);
        var kept = new ArraySegment<int>(groups, count, groups.Length - count);
        Copy(new ArraySegment<int>(groups, 0, count), fewest, scratch);
        Copy(kept, others, scratch);
        others.PartialFrom = PartialFrom == int.MaxValue ? kept.Count : kept.Count(g => g < PartialFrom);
        others.Told = Told is null ? null : [.. kept.Index().Where(g => Told.Contains(g.Item)).Select(g => g.Index)];
    }

    /// <summary>Writes the groups that <paramref name="wanted"/> picks.</summary>
    public void Write(ByteBuffer output, IReadOnlyList<int> wanted)
    {
        output.WriteVarint((ulong)wanted.Count);
        foreach (var group in wanted)
        {
            output.WriteBlob(Key(group));
            output.WriteVarint((ulong)_events[group]);
            foreach (var column in Columns)
            {
                column.Write(group, output);
            }

            output.Checkpoint();
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
            _events[group] += added;
            events += added;
            Touched?.Add(group);
            foreach (var column in Columns)
            {
                column.Merge(group, ref input);
            }
        }

        return events;
    }

    private void Copy(IReadOnlyList<int> groups, GroupTable target, ByteBuffer scratch)
    {
        scratch.Clear();
        Write(scratch, groups);
        var input = new ByteReader(scratch.Written);
        target.Merge(ref input);
    }
}
