using System.Numerics;
using CloudPump.Events;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// The events of a batch that Elasticsearch neither has nor refuses yet, in order; the first ones are on their way in the current request. When a write fails, the
/// host comes again with the same batch: what was taken before stays taken, what was refused is a dead letter of the batch already.
/// </summary>
internal sealed class OpenRows
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private (EventId First, ulong Print) _batch;
    private int[] _rows = [];
    private bool[] _taken = [];
    private int _start;
    private int _end;

    /// <summary>How many events are open.</summary>
    public int Count => _end - _start;

    /// <summary>The open events.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(_start, Count);

    /// <summary>Begins a batch, or goes on with the one that was not finished.</summary>
    public void Begin(EventBatch batch)
    {
        var id = (batch.Id(batch.Rows[0]), Print(batch));
        if (id != _batch || _taken.Length < batch.RowCount)
        {
            _rows = _rows.Length < batch.RowCount ? new int[batch.RowCount] : _rows;
            _taken = _taken.Length < batch.RowCount ? new bool[batch.RowCount] : _taken;
            Array.Clear(_taken);
        }

        (_batch, _start, _end) = (id, 0, 0);
        foreach (var row in batch.Rows)
        {
            if (!_taken[row] && batch.RemovalOf(row) == Removal.None)
            {
                _rows[_end++] = row;
            }
        }
    }

    /// <summary>Notes that the batch is finished.</summary>
    public void End() => _batch = default;

    /// <summary>Takes one of the first events out: it has failed before it could be sent.</summary>
    public void Drop(int index)
    {
        Array.Copy(_rows, _start, _rows, _start + 1, index);
        _start++;
    }

    /// <summary>Settles the first events by what became of them; returns how many of them stay open.</summary>
    public int Settle(EventBatch batch, List<BulkItem> items)
    {
        var open = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var row = _rows[_start + i];
            if (items[i].MayPass || items[i].IsForbidden)
            {
                _rows[_start + open++] = row;
            }
            else if (items[i].Refusal is { } reason)
            {
                batch.Fail(row, reason);
            }
            else
            {
                _taken[row] = true;
            }
        }

        var next = _start + items.Count - open;
        Array.Copy(_rows, _start, _rows, next, open);
        _start = next;
        return open;
    }

    // Rows change place when a host gives up a batch and reads it again, so the ids count together with their rows.
    private static ulong Print(EventBatch batch)
    {
        var print = (ulong)batch.RowCount;
        foreach (var row in batch.Rows)
        {
            ref readonly var header = ref batch.Header(row);
            print = Mix(print, row);
            print = Mix(print, header.Offset);
            print = Mix(Mix(print, header.Origin), header.Index);
        }

        return print;
    }

    private static ulong Mix(ulong print, long value) => BitOperations.RotateLeft(print ^ (ulong)value, 31) * Multiplier;
}
