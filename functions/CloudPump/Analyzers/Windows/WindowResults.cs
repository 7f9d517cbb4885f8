using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Windows;

/// <summary>Turns the groups of a window into results, in the order of their keys.</summary>
internal sealed class WindowResults(WindowPlan plan)
{
    private readonly ResultFields _fields = new(plan.Analyzer.Name, ["window_start", "window_end"], [.. plan.Analyzer.By.Select(d => d.Name)], plan.Measures.Names);
    private Condition? _having;

    /// <summary>Adds the results of a window.</summary>
    public void Add(ResultBatch results, long start, GroupTable groups, WindowFindings? findings, bool isPartial = false)
    {
        foreach (var group in groups.Sorted())
        {
            var row = AddRow(results, start, groups, group);
            if (isPartial || group >= groups.PartialFrom)
            {
                results.Events.SetBool(row, results.Events.Fields.Id("partial"), true);
            }

            findings?.See(groups.Key(group), results.Events, row, _fields.Others);
            if (!plan.EmitsResults || !Has(results.Events, row))
            {
                results.TakeBack();
            }
        }
    }

    /// <summary>Adds the result so far of one group, if it would be emitted at the end, and its measures meet a condition; null for any.</summary>
    public bool TryAddEarly(ResultBatch results, long start, GroupTable groups, int group, Func<EventBatch, int, bool>? when)
    {
        var row = AddRow(results, start, groups, group);
        if (!Has(results.Events, row) || (when is not null && !when(results.Events, row)))
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

    private bool Has(EventBatch events, int row)
    {
        if (plan.Having is null)
        {
            return true;
        }

        _having ??= plan.Having.CompileCondition(events.Fields);
        return _having.Test(events, row, out _);
    }
}
