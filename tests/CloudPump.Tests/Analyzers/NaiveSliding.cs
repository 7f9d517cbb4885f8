using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

/// <summary>Sliding windows the naive way: (end - size, end] is told for every end at which an event of the key comes or leaves, unless it is empty.</summary>
internal sealed class NaiveSliding(TimeWindow definition) : INaiveModel
{
    private readonly long _size = definition.Size.Ticks;
    private readonly List<NaiveEvent> _events = [];

    // Up to here, exclusive, everything is told.
    private long _passed = long.MinValue;

    public int Apply(IReadOnlyList<NaiveEvent> events)
    {
        _events.AddRange(events.Where(e => e.Time >= _passed));
        return events.Count(e => e.Time < _passed);
    }

    public IReadOnlyList<string> Close(long mark)
    {
        var results = _events.SelectMany(e => new[] { (End: e.Time, e.Key), (End: e.Time + _size, e.Key) })
            .Where(w => w.End >= _passed && w.End < mark).Distinct().OrderBy(w => w.End).ThenBy(w => w.Key, StringComparer.Ordinal)
            .Select(w => (w.End, Events: _events.FindAll(e => e.Key == w.Key && e.Time > w.End - _size && e.Time <= w.End)))
            .Where(w => w.Events.Count > 0).Select(w => NaiveResult.Of(w.End - _size, w.End, w.Events)).ToList();
        if (mark < long.MaxValue)
        {
            _passed = Math.Max(_passed, mark);
        }
        else if (_events.Count > 0)
        {
            // All partitions are silent: everything is told, and what follows begins anew.
            _passed = Math.Max(_passed, _events.Max(e => e.Time) + 1);
            _events.Clear();
        }

        return results;
    }
}
