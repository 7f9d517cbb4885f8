using CloudPump.Analyzers;

namespace CloudPump.Tests.Analyzers;

/// <summary>Sessions with a beginning (v > 10), an ending (v &lt; -30 || v > 35) or a longest duration, the naive way; as they close, timers before events.</summary>
internal sealed class NaiveLimitedSessions(SessionWindow definition) : INaiveModel
{
    private readonly List<NaiveEvent> _events = [];
    private long _passed = long.MinValue;
    private int _told;

    public int Apply(IReadOnlyList<NaiveEvent> events)
    {
        _events.AddRange(events.Where(e => e.Time >= _passed));
        return events.Count(e => e.Time < _passed);
    }

    public IReadOnlyList<string> Close(long mark)
    {
        // When all partitions are silent everything is told, and what follows begins anew.
        var isAll = mark == long.MaxValue;
        _passed = isAll ? _passed : Math.Max(_passed, mark);
        var closed = _events.Where(e => isAll || e.Time < _passed).GroupBy(e => e.Key).SelectMany(k => Sessions(k.OrderBy(e => e.Place), isAll ? mark : _passed))
            .OrderBy(s => s.At).ThenBy(s => s.By?.Place).ThenBy(s => s.By is null ? s.Events[0].Key : "", StringComparer.Ordinal)
            .Select(s => NaiveResult.Of(s.Events[0].Time, s.Events[^1].Time, s.Events, isSession: true)).Skip(_told).ToList();
        _told = isAll ? 0 : _told + closed.Count;
        _passed = isAll ? _events.Select(e => e.Time + 1).Append(_passed).Max() : _passed;
        _events.RemoveAll(_ => isAll);
        return closed;
    }

    private IEnumerable<(long At, NaiveEvent? By, List<NaiveEvent> Events)> Sessions(IEnumerable<NaiveEvent> events, long until)
    {
        List<NaiveEvent> open = [];
        long Due() => Math.Min(open[^1].Time + definition.Gap.Ticks, open[0].Time + (definition.MaxDuration?.Ticks ?? long.MaxValue / 2));
        foreach (var e in events.Append(null))
        {
            var begins = definition.StartWhen is not null && e?.Event.Value is > 10L or > 10.0;
            var isDue = open.Count > 0 && Due() <= (e?.Time ?? until);
            if (isDue || (begins && open.Count > 0))
            {
                yield return isDue ? (Due(), null, open) : (e!.Time, e, open);
                open = [];
            }

            if (e is not null && (open.Count > 0 || definition.StartWhen is null || begins))
            {
                open.Add(e);
            }

            if (open.Count > 0 && definition.EndWhen is not null && e?.Event.Value is < -30L or < -30.0 or > 35L or > 35.0)
            {
                yield return (e.Time, e, open);
                open = [];
            }
        }
    }
}
