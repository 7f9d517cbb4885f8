using CloudPump.Analyzers.Measures;

namespace CloudPump.Analyzers.Windows;

/// <summary>Panes by their start, each with its groups. The same for a piece in the making and for a shard's state.</summary>
internal sealed class WindowSet(MeasureSet measures)
{
    private const int MostSpare = 8;
    private const int MostSmall = 4_096;
    private const int MostKept = 65_536;
    private readonly SortedDictionary<long, GroupTable> _panes = [];
    private readonly Stack<GroupTable> _spare = new();
    private long _lastStart = long.MaxValue;
    private long _lastEnd = long.MinValue;
    private GroupTable? _last;

    public bool IsEmpty => _panes.Count == 0;

    public IReadOnlyDictionary<long, GroupTable> Panes => _panes;

    /// <summary>The start of the first pane.</summary>
    public long First
    {
        get
        {
            using var panes = _panes.GetEnumerator();
            return panes.MoveNext() ? panes.Current.Key : long.MaxValue;
        }
    }

    /// <summary>How many groups there are in all.</summary>
    public long Groups => _panes.Values.Sum(static p => (long)p.Count);

    /// <summary>The pane that a time falls into, made when it is new.</summary>
    public GroupTable Of(long time, long length)
    {
        // Neighbouring events mostly fall into the same pane.
        if (time >= _lastStart && time < _lastEnd)
        {
            return _last!;
        }

        var start = time - (time % length);
        (_lastStart, _lastEnd, _last) = (start, start + length, At(start));
        return _last;
    }

    /// <summary>The pane with this start, made when it is new.</summary>
    public GroupTable At(long start)
    {
        if (!_panes.TryGetValue(start, out var pane))
        {
            pane = _spare.Count > 0 ? _spare.Pop() : new GroupTable(measures);
            _panes.Add(start, pane);
        }

        return pane;
    }

    /// <summary>Exchanges a pane.</summary>
    public void Replace(long start, GroupTable pane)
    {
        _panes[start] = pane;
        Forget();
    }

    public void Remove(long start)
    {
        if (_panes.Remove(start, out var pane))
        {
            Recycle(pane);
        }
    }

    public void Clear()
    {
        foreach (var pane in _panes.Values)
        {
            Recycle(pane);
        }

        _panes.Clear();
    }

    private void Recycle(GroupTable pane)
    {
        // A few tables are kept: a file whose minutes hold few events opens and closes windows all the time, and one with many keys fills a table for every commit.
        Forget();
        if (_spare.Count < (pane.Count < MostSmall ? MostSpare : 1) && pane.Count < MostKept)
        {
            pane.Clear();
            _spare.Push(pane);
        }
    }

    private void Forget() => (_lastStart, _lastEnd, _last) = (long.MaxValue, long.MinValue, null);
}
