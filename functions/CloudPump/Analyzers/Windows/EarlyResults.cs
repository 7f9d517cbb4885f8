using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Windows;

/// <summary>Results of windows that are still open: every so often, when a key first meets a condition, and when another pipeline has had events.</summary>
internal sealed class EarlyResults(WindowPlan plan, EarlyOption option)
{
    private readonly SortedSet<long> _touched = [];
    private Condition? _when;
    private long _told = long.MinValue;
    private bool _isWoken;

    /// <summary>Notes that groups are about to be added to a pane.</summary>
    public void Touch(long start, GroupTable pane)
    {
        if (option.When is not null)
        {
            _touched.Add(start);
            pane.Touched ??= [];
        }
    }

    /// <summary>Another pipeline has had events.</summary>
    public void Wake() => _isWoken = true;

    /// <summary>Tells the keys of changed panes that meet the condition for the first time.</summary>
    public void OnCondition(WindowSet panes, WindowResults windows, ResultBatch results)
    {
        foreach (var start in _touched)
        {
            if (!panes.Panes.TryGetValue(start, out var pane))
            {
                continue;
            }

            var told = pane.Told ??= [];
            foreach (var group in pane.TakeTouched())
            {
                if (!told.Contains(group) && windows.TryAddEarly(results, start, pane, group, Meets))
                {
                    told.Add(group);
                }
            }
        }

        _touched.Clear();
    }

    /// <summary>Tells all open windows when the watermark has passed another multiple of the interval, and when another pipeline has had events.</summary>
    public void OnTime(long mark, WindowSet panes, WindowJoin join, WindowResults windows, ResultBatch results)
    {
        var isDue = option.Every is { } every && mark >= 0 && mark / every.Ticks > _told;
        if (isDue)
        {
            _told = mark / option.Every!.Value.Ticks;
        }

        if (isDue || _isWoken)
        {
            TellAll(mark, panes, join, windows, results);
        }

        _isWoken = false;
    }

    private void TellAll(long mark, WindowSet panes, WindowJoin join, WindowResults windows, ResultBatch results)
    {
        foreach (var start in panes.Panes.Keys.SelectMany(WindowsOf).Where(s => s + plan.Size > mark).Distinct().Order().ToList())
        {
            var window = join.Of(start, panes);
            foreach (var group in window.Sorted())
            {
                windows.TryAddEarly(results, start, window, group, when: null);
            }
        }
    }

    public void Save(WindowSet panes, ByteBuffer output)
    {
        output.WriteSigned(_told);
        foreach (var pane in panes.Panes.Values)
        {
            output.WriteVarint((ulong)(pane.Told?.Count ?? 0));
            foreach (var group in (pane.Told ?? []).Order())
            {
                output.WriteVarint((ulong)group);
            }
        }
    }

    public void Load(WindowSet panes, ref ByteReader input)
    {
        _told = input.Signed();
        foreach (var pane in panes.Panes.Values)
        {
            pane.Told = [];
            for (var count = input.Items(); count > 0; count--)
            {
                pane.Told.Add(input.Count());
            }
        }
    }

    private IEnumerable<long> WindowsOf(long pane)
    {
        for (var start = plan.FirstWindowOf(pane); start <= plan.LastWindowOf(pane); start += plan.Every)
        {
            yield return start;
        }
    }

    private bool Meets(EventBatch events, int row)
    {
        _when ??= option.When!.CompileCondition(events.Fields);
        return _when.Test(events, row, out _);
    }
}
