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

    public ReadOnlySpan<byte> Key(int group) => _keys[group];

    public ulong Hash(int group) => _keys.Hash(group);

    public void Clear()
    {
        (PartialFrom, Told) = (int.MaxValue, null);
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

    /// <summary>Parts the groups with the fewest events from the others, which keep their order.</summary>
    public (GroupTable Fewest, GroupTable Others) Part(int count)
    {
        var groups = Sorted();
        Array.Sort([.. groups.Select((g, i) => (_events[g], i))], groups);
        var others = groups[count..];
        Array.Sort(others);
        var kept = Copy(others);
        kept.PartialFrom = PartialFrom == int.MaxValue ? kept.Count : Array.FindIndex(others, g => g >= PartialFrom) is >= 0 and var first ? first : kept.Count;
        kept.Told = Told is null ? null : [.. others.Index().Where(g => Told.Contains(g.Item)).Select(g => g.Index)];
        return (Copy(groups[..count]), kept);
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
            foreach (var column in Columns)
            {
                column.Merge(group, ref input);
            }
        }

        return events;
    }

    private GroupTable Copy(int[] groups)
    {
        var buffer = new ByteBuffer();
        Write(buffer, groups);
        var copy = new GroupTable(measures);
        var input = new ByteReader(buffer.Written);
        copy.Merge(ref input);
        return copy;
    }
}
