using CloudPump.Analyzers.Measures;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Sessions;

/// <summary>Makes results of sessions.</summary>
internal sealed class SessionResults(SessionWindow definition, MeasureSet measures)
{
    private readonly ResultFields _fields = new(definition.Name, ["window_start", "window_end"], [.. definition.By.Select(d => d.Name)], [.. FieldsOf(measures)]);
    private ushort[] _measureFields = [];
    private Condition? _having;

    /// <summary>The fields besides times and dimensions.</summary>
    public static IEnumerable<string> FieldsOf(MeasureSet measures) => measures.Names.Prepend("duration");

    public void Add(ResultBatch results, ReadOnlySpan<byte> key, long start, long end, Measure[] columns, int group, bool isPartial = false)
    {
        var row = _fields.Add(results, key, start, end);
        var events = results.Events;
        events.SetDouble(row, _fields[0], (double)(end - start) / TimeSpan.TicksPerSecond);
        _measureFields = _measureFields.Length == 0 ? _fields.Others[1..] : _measureFields;
        measures.Results(columns, group, end - start, events, row, _measureFields);
        if (isPartial)
        {
            events.SetBool(row, events.Fields.Id("partial"), true);
        }

        if (definition.Having is { } having && !(_having ??= having.CompileCondition(events.Fields)).Test(events, row, out _))
        {
            results.TakeBack();
        }
    }
}
