using CloudPump.Analyzers.Measures;

namespace CloudPump.Analyzers.Sessions;

/// <summary>Makes results of sessions.</summary>
internal sealed class SessionResults(SessionWindow definition, MeasureSet measures)
{
    private readonly ResultFields _fields = new(definition.Name, ["window_start", "window_end"], [.. definition.By.Select(d => d.Name)], [.. FieldsOf(measures)]);
    private ushort[] _measureFields = [];
    private readonly HavingFilter _having = new(definition.Having);

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
            results.MarkPartial(row);
        }

        _having.Apply(results, row);
    }
}
