using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Open windows by their start, each with its groups. The same for a piece in the making and for a shard's state.</summary>
internal sealed class WindowSet(MeasureSet measures)
{
    private readonly SortedDictionary<long, GroupTable> _windows = [];
    private readonly Stack<GroupTable> _spare = new();
    private long _lastStart;
    private GroupTable? _last;

    public bool IsEmpty => _windows.Count == 0;

    public IReadOnlyDictionary<long, GroupTable> Windows => _windows;

    /// <summary>The window that starts at a time, made when it is new.</summary>
    public GroupTable Get(long start)
    {
        // Neighbouring events mostly fall into the same window.
        if (_last is not null && _lastStart == start)
        {
            return _last;
        }

        if (!_windows.TryGetValue(start, out var window))
        {
            window = _spare.Count > 0 ? _spare.Pop() : new GroupTable(measures);
            _windows.Add(start, window);
        }

        (_lastStart, _last) = (start, window);
        return window;
    }

    public void Remove(long start)
    {
        if (_windows.Remove(start, out var window))
        {
            Recycle(window);
        }
    }

    public void Clear()
    {
        foreach (var window in _windows.Values)
        {
            Recycle(window);
        }

        _windows.Clear();
    }

    private void Recycle(GroupTable window)
    {
        // A few tables are kept: a file whose minutes hold few events opens and closes windows all the time.
        _last = null;
        if (_spare.Count < 8 && window.Count < 10_000)
        {
            window.Clear();
            _spare.Push(window);
        }
    }
}
