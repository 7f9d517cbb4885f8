using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

/// <summary>Tumbling and hopping windows the naive way: every window an event belongs to is looked at by itself.</summary>
internal sealed class NaiveWindows(TimeWindow definition) : INaiveModel
{
    private readonly long _size = definition.Size.Ticks;
    private readonly List<NaiveEvent> _events = [];
    private long _closed = long.MinValue;

    public int Apply(IReadOnlyList<NaiveEvent> events)
    {
        var late = events.Count(e => !OpenWindows(e).Any());
        _events.AddRange(events);
        return late;
    }

    public IReadOnlyList<string> Close(long mark)
    {
        var due = _events.SelectMany(e => OpenWindows(e).Where(start => start + _size <= mark).Select(start => (start, e)))
            .GroupBy(w => (w.start, w.e.Key), w => w.e).OrderBy(w => w.Key.start).ThenBy(w => w.Key.Key, StringComparer.Ordinal).ToList();
        _closed = Math.Max(_closed, due.Count > 0 ? due[^1].Key.start + _size : long.MinValue);
        _closed = Math.Max(_closed, mark == long.MaxValue ? long.MinValue : mark);
        _events.RemoveAll(e => !OpenWindows(e).Any());
        return [.. due.Select(w => NaiveResult.Of(w.Key.start, w.Key.start + _size, w))];
    }

    // None begins before time itself.
    private IEnumerable<long> OpenWindows(NaiveEvent e)
    {
        var every = (definition.Every ?? definition.Size).Ticks;
        for (var start = e.Time / every * every; start > e.Time - _size && start >= 0 && start + _size > _closed; start -= every)
        {
            yield return start;
        }
    }
}
