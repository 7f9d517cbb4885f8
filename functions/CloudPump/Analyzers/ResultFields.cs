using System.Text;
using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>Begins an analyzer's results: its name, times, and dimensions; and knows the ids of the fields that follow.</summary>
internal sealed class ResultFields(string analyzer, IReadOnlyList<string> times, IReadOnlyList<string> dimensions, IReadOnlyList<string> others)
{
    private readonly byte[] _analyzer = Encoding.UTF8.GetBytes(analyzer);
    private FieldTable? _table;
    private ushort _name;
    private ushort[] _times = [];
    private ushort[] _dimensions = [];
    private ushort[] _others = [];

    /// <summary>The fields that follow, by their index.</summary>
    public ushort this[Index index] => _others[index];

    /// <summary>The fields that follow.</summary>
    public ushort[] Others => _others;

    /// <summary>Adds a result with one time.</summary>
    public int Add(ResultBatch results, ReadOnlySpan<byte> key, long time) => Add(results, key, [time]);

    /// <summary>Adds a result with its times, in the order in which they were declared; returns its row.</summary>
    public int Add(ResultBatch results, ReadOnlySpan<byte> key, params ReadOnlySpan<long> ticks)
    {
        var row = results.Add();
        var events = results.Events;
        Resolve(events.Fields);
        events.SetString(row, _name, _analyzer);
        for (var t = 0; t < ticks.Length; t++)
        {
            events.SetTimestamp(row, _times[t], Math.Clamp(ticks[t], 0, DateTime.MaxValue.Ticks));
        }

        foreach (var dimension in _dimensions)
        {
            key = GroupKey.Take(key, events, row, dimension);
        }

        return row;
    }

    private void Resolve(FieldTable table)
    {
        if (_table != table)
        {
            _table = table;
            _name = table.Id("analyzer");
            _times = [.. times.Select(table.Id)];
            _dimensions = [.. dimensions.Select(table.Id)];
            _others = [.. others.Select(table.Id)];
        }
    }
}
