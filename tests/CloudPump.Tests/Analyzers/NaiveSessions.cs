using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

/// <summary>Sessions by their gap the naive way: sort the events of each key, and cut wherever the gap is.</summary>
internal sealed class NaiveSessions(SessionWindow definition) : INaiveModel
{
    private readonly long _gap = definition.Gap.Ticks;
    private readonly List<NaiveEvent> _events = [];
    private long _closed = long.MinValue;

    // Events travel in stretches, and a stretch is late as a whole: when a session that ended with it would be closed.
    public int Apply(IReadOnlyList<NaiveEvent> events)
    {
        var stretches = Stretches(events).ToLookup(s => s[^1].Time + _gap <= _closed);
        _events.AddRange(stretches[false].SelectMany(s => s));
        return stretches[true].Sum(s => s.Count);
    }

    public IReadOnlyList<string> Close(long mark)
    {
        var due = Stretches(_events).Where(s => s[^1].Time + _gap <= mark)
            .OrderBy(s => s[^1].Time).ThenBy(s => s[0].Time).ThenBy(s => s[0].Key, StringComparer.Ordinal).ToList();
        due.ForEach(s => _events.RemoveAll(s.Contains));
        _closed = mark == long.MaxValue ? _closed : Math.Max(_closed, mark);
        return due.ConvertAll(s => NaiveResult.Of(s[0].Time, s[^1].Time, s, isSession: true));
    }

    private IEnumerable<List<NaiveEvent>> Stretches(IEnumerable<NaiveEvent> events)
    {
        List<NaiveEvent> stretch = [];
        foreach (var e in events.OrderBy(e => e.Key, StringComparer.Ordinal).ThenBy(e => e.Place))
        {
            if (stretch.Count > 0 && (stretch[^1].Key != e.Key || e.Time - stretch[^1].Time >= _gap))
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(e);
        }

        if (stretch.Count > 0)
        {
            yield return stretch;
        }
    }
}
