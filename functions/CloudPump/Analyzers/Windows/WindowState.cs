using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>The state of one shard of a time window: the open windows, and up to where windows have been closed.</summary>
internal sealed class WindowState(string name, long size, IReadOnlyList<string> dimensions, MeasureSet measures) : IShardState
{
    private readonly WindowSet _open = new(measures);
    private readonly byte[] _name = System.Text.Encoding.UTF8.GetBytes(name);
    private WindowFields? _fields;
    private GroupTable? _discarded;

    public long ClosedThrough { get; private set; } = long.MinValue;

    public long Apply(ReadOnlySpan<byte> piece)
    {
        var input = new ByteReader(piece);
        var late = 0L;
        for (var windows = input.Count(); windows > 0; windows--)
        {
            var start = input.Signed();
            if (start + size > ClosedThrough)
            {
                _open.Get(start).Merge(ref input);
            }
            else
            {
                // Closed while its partition was silent: the events are read over and counted.
                _discarded ??= new GroupTable(measures);
                late += _discarded.Merge(ref input);
                _discarded.Clear();
            }
        }

        return late;
    }

    public void Close(long mark, ResultBatch results)
    {
        foreach (var (start, window) in _open.Windows.TakeWhile(w => w.Key + size <= mark).ToList())
        {
            Emit(start, window, results);
            _open.Remove(start);
            ClosedThrough = Math.Max(ClosedThrough, start + size);
        }

        if (mark != long.MaxValue)
        {
            ClosedThrough = Math.Max(ClosedThrough, mark);
        }
    }

    public void Save(ByteBuffer output)
    {
        output.WriteSigned(ClosedThrough);
        if (!WindowPiece.Write(_open, 0, 1, output))
        {
            output.WriteVarint(0);
        }
    }

    public void Load(ref ByteReader input)
    {
        ClosedThrough = input.Signed();
        for (var windows = input.Count(); windows > 0; windows--)
        {
            _open.Get(input.Signed()).Merge(ref input);
        }
    }

    private void Emit(long start, GroupTable window, ResultBatch results)
    {
        var events = results.Events;
        if (_fields?.Table != events.Fields)
        {
            _fields = new WindowFields(events.Fields, dimensions, measures.Names);
        }

        foreach (var group in window.Sorted())
        {
            var row = results.Add();
            events.SetString(row, _fields.Analyzer, _name);
            events.SetTimestamp(row, _fields.Start, start);
            events.SetTimestamp(row, _fields.End, Math.Min(start + size, DateTime.MaxValue.Ticks));
            var key = window.Key(group);
            foreach (var dimension in _fields.Dimensions)
            {
                key = GroupKey.Take(key, events, row, dimension);
            }

            measures.Results(window.Columns, group, size, events, row, _fields.Measures);
        }
    }
}
