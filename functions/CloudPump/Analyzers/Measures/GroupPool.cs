using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>Groups that come and go: numbers that are given back are used again.</summary>
internal sealed class GroupPool(MeasureSet measures)
{
    private readonly Stack<int> _free = new();
    private readonly ByteBuffer _scratch = new(256);
    private int _count;

    public Measure[] Columns { get; } = measures.CreateColumns();

    /// <summary>An empty group.</summary>
    public int Rent()
    {
        var group = _free.Count > 0 ? _free.Pop() : _count++;
        Reset(group);
        return group;
    }

    public void Return(int group) => _free.Push(group);

    /// <summary>Empties a group.</summary>
    public void Reset(int group)
    {
        foreach (var column in Columns)
        {
            column.AddGroup(group);
        }
    }

    /// <summary>Adds a written state to a group.</summary>
    public void Merge(int group, ref ByteReader input)
    {
        foreach (var column in Columns)
        {
            column.Merge(group, ref input);
        }
    }

    /// <summary>Adds one group to another.</summary>
    public void Merge(int group, int other)
    {
        _scratch.Clear();
        Write(other, _scratch);
        var input = new ByteReader(_scratch.Written);
        Merge(group, ref input);
    }

    /// <summary>Writes a group's state.</summary>
    public void Write(int group, ByteBuffer output)
    {
        foreach (var column in Columns)
        {
            column.Write(group, output);
        }
    }
}
