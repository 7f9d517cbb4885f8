using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// The measures of an analyzer: which columns they need, and how the columns' states become fields. Immutable. The columns are those of the measures in the order
/// of declaration, without ratios.
/// </summary>
internal sealed class MeasureSet
{
    private readonly MeasureCall[] _calls;
    private readonly int[] _columns;
    private readonly (int Result, int Dividend, int Divisor)[] _ratios;

    public MeasureSet(NamedList<MeasureCall> measures)
    {
        Names = [.. measures.Select(m => m.Key)];
        _calls = [.. measures.Select(m => m.Value)];
        var next = 0;
        _columns = [.. _calls.Select(c => c.IsRatio ? -1 : next++)];
        _ratios = [.. _calls.Index().Where(c => c.Item.IsRatio).Select(c => (c.Index, Find(c.Item, 0), Find(c.Item, 1)))];
    }

    /// <summary>The names of the results, in the order of declaration.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The measures that have a column, in the order of the columns.</summary>
    public IEnumerable<MeasureCall> Columns => _calls.Where(c => !c.IsRatio);

    /// <summary>Empty columns.</summary>
    public Measure[] CreateColumns() => [.. Columns.Select(c => c.Create())];

    /// <summary>Sets all results of a group as fields, in the order of declaration.</summary>
    /// <param name="columns">What <see cref="CreateColumns"/> made.</param>
    /// <param name="group">The group.</param>
    /// <param name="length">The window's length in ticks.</param>
    /// <param name="events">The results.</param>
    /// <param name="row">The result's row.</param>
    /// <param name="fields">The fields that belong to <see cref="Names"/>.</param>
    public void Results(Measure[] columns, int group, long length, EventBatch events, int row, ushort[] fields)
    {
        for (var m = 0; m < _columns.Length; m++)
        {
            if (_columns[m] >= 0)
            {
                columns[_columns[m]].Result(group, length, events, row, fields[m]);
            }
            else
            {
                // Keeps its place until what it is made of is there.
                events.SetNull(row, fields[m]);
            }
        }

        foreach (var (result, dividend, divisor) in _ratios)
        {
            if (Number(events, row, fields, dividend) is { } a && Number(events, row, fields, divisor) is { } b && b != 0)
            {
                events.SetDouble(row, fields[result], a / b);
            }
        }
    }

    /// <summary>Reports mistakes between measures: ratios of what is not there, no number, or a ratio itself.</summary>
    public void Check(CheckReport report, ComponentDefinition definition)
    {
        foreach (var call in _calls.Where(c => c.IsRatio))
        {
            for (var argument = 0; argument < 2; argument++)
            {
                if (Mistake(call, argument) is { } mistake)
                {
                    report.Error(call.Location == default ? definition.LocationOf("measures") : call.Location, mistake);
                }
            }
        }
    }

    private static double? Number(EventBatch events, int row, ushort[] fields, int measure)
    {
        var slot = measure < 0 ? default : events.Get(row, fields[measure]);
        return slot.Kind switch
        {
            FieldKind.Int64 => slot.Value,
            FieldKind.Double => slot.AsDouble,
            _ => null,
        };
    }

    private int Find(MeasureCall ratio, int argument)
    {
        var index = Names.Index().Where(n => n.Item == ratio.Arguments[argument].Text).Select(n => n.Index).DefaultIfEmpty(-1).First();
        return index >= 0 && _calls[index].IsRatio ? -1 : index;
    }

    private string? Mistake(MeasureCall ratio, int argument)
    {
        var name = ratio.Arguments[argument].Text;
        var named = Names.Zip(_calls).FirstOrDefault(n => n.First == name).Second;
        if (named is null)
        {
            var others = Names.Zip(_calls).Where(n => !n.Second.IsRatio).Select(n => n.First);
            return $"A ratio is of two other measures of this window; there is none named '{name}'.{Nearest.Hint(name, others)}";
        }

        return named switch
        {
            { IsRatio: true } => $"A ratio cannot be of a ratio; '{name}' is one.",
            { Function: "top" } => $"A ratio is of numbers; '{name}' is a list.",
            _ => null,
        };
    }
}
