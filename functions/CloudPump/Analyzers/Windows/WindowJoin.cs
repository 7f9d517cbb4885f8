using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Joins the panes of a window.</summary>
internal sealed class WindowJoin(WindowPlan plan)
{
    private readonly GroupTable _joined = new(plan.Measures);
    private readonly ByteBuffer _scratch = new();

    /// <summary>The groups of the window that starts here; valid until the next call.</summary>
    public GroupTable Of(long start, WindowSet panes)
    {
        if (!plan.Overlap)
        {
            return panes.At(start);
        }

        _joined.Clear();
        foreach (var (pane, groups) in panes.Panes)
        {
            if (pane >= start + plan.Size)
            {
                break;
            }

            if (pane >= start)
            {
                Add(groups);
            }
        }

        return _joined;
    }

    private void Add(GroupTable groups)
    {
        _scratch.Clear();
        groups.Write(_scratch, [.. Enumerable.Range(0, groups.Count)]);
        var input = new ByteReader(_scratch.Written);
        _joined.Merge(ref input);
        if (groups.PartialFrom != int.MaxValue)
        {
            // Which of them lack events cannot be told once they are joined.
            _joined.PartialFrom = 0;
        }
    }
}
