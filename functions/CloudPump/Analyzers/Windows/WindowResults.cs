using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>Turns the groups of a window into results, in the order of their keys.</summary>
internal sealed class WindowResults(WindowPlan plan)
{
    private readonly ResultFields _fields = new(plan.Analyzer.Name, ["window_start", "window_end"], [.. plan.Analyzer.By.Select(d => d.Name)], plan.Measures.Names);
    private readonly HavingFilter _having = new(plan.Having);

    /// <summary>Adds the results of a window.</summary>
    public void Add(ResultBatch results, long start, GroupTable groups, WindowFindings? findings, bool isPartial = false)
    {
        foreach (var group in groups.Sorted())
        {
            var row = AddRow(results, start, groups, group);
            if (isPartial || group >= groups.PartialFrom)
            {
                results.MarkPartial(row);
            }

            findings?.See(groups.Key(group), results.Events, row, _fields.Others);
            if (!plan.EmitsResults || !_having.Admits(results, row))
            {
                results.TakeBack();
            }
        }
    }

    /// <summary>Adds the result so far of one group, if it would be emitted at the end, and its measures meet a condition; null for any.</summary>
    public bool TryAddEarly(ResultBatch results, long start, GroupTable groups, int group, Func<EventBatch, int, bool>? when)
    {
        var row = AddRow(results, start, groups, group);
        if (!_having.Admits(results, row) || (when is not null && !when(results.Events, row)))
        {
            results.TakeBack();
            return false;
        }

        results.Events.SetBool(row, results.Events.Fields.Id("early"), true);
        return true;
    }

    private int AddRow(ResultBatch results, long start, GroupTable groups, int group)
    {
        var row = _fields.Add(results, groups.Key(group), start, start + plan.Size);
        plan.Measures.Results(groups.Columns, group, plan.Size, results.Events, row, _fields.Others);
        return row;
    }
}
