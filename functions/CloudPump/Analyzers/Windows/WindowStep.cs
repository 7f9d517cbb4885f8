using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers.Windows;

/// <summary>The half of a time window that runs in the pipeline: it groups events by window and key, and sets late ones aside.</summary>
internal sealed class WindowStep : AnalyzerStep
{
    private readonly long _size;
    private readonly long _lateness;
    private readonly int _shards;
    private readonly WindowInput[] _dimensions;
    private readonly MeasureSet _measures;
    private readonly MeasureInputs _inputs;
    private readonly List<Partition> _partitions = [];
    private readonly ByteBuffer _key = new(256);
    private WindowInput _time;

    public WindowStep(TimeWindow definition, FieldTable fields)
    {
        _size = definition.Size.Ticks;
        _lateness = definition.Lateness.Ticks;
        _shards = definition.Shards;
        _time = new WindowInput(definition.Time.Compile(fields));
        _dimensions = [.. definition.By.Select(d => new WindowInput(d.Expression.Compile(fields)))];
        _measures = new MeasureSet(definition.Measures);
        _inputs = new MeasureInputs(_measures, fields);
    }

    public override void AddPartition(long top, bool holdsTimeBack = true) =>
        _partitions.Add(new Partition(new WindowSet(_measures), holdsTimeBack) { Top = top });

    public override long Top(int partition) => _partitions[partition].Top;

    public override void Process(EventBatch batch)
    {
        var partition = _partitions[batch.Partition];
        foreach (var row in batch.Rows)
        {
            var slot = _time.Slot(batch, row);
            if (slot.Kind == FieldKind.Timestamp)
            {
                Add(partition, slot.Value, batch, row);
            }
            else
            {
                AddEvaluated(partition, batch, row);
            }
        }
    }

    public override bool TakePiece(int partition, int shard, ByteBuffer piece)
    {
        var windows = _partitions[partition].Windows;
        var any = !windows.IsEmpty && WindowPiece.Write(windows, shard, _shards, piece);
        if (shard == _shards - 1)
        {
            windows.Clear();
        }

        return any;
    }

    private void AddEvaluated(Partition partition, EventBatch batch, int row)
    {
        var time = _time.Evaluate(batch, row);
        if (time.Kind == ValueKind.Timestamp)
        {
            Add(partition, time.Ticks, batch, row);
        }
        else
        {
            batch.Fail(row, time.IsError ? $"The event time cannot be told: {time.Reason}" : $"The event time is no timestamp but of the type {time.Kind}.");
        }
    }

    private void Add(Partition partition, long time, EventBatch batch, int row)
    {
        // Late is local: only what this partition has shown decides, so that it never depends on how partitions interleave.
        if (partition.HoldsTimeBack && partition.Top != NoTime && time < partition.Top - _lateness)
        {
            Late++;
            return;
        }

        if (!TryKey(batch, row))
        {
            return;
        }

        var window = partition.Windows.Get(time - (time % _size));
        var group = window.FindOrAdd(_key.Written, StableHash.Of(_key.Written));
        window.CountEvent(group);
        _inputs.Add(window.Columns, group, batch, row, time);
        partition.Top = Math.Max(partition.Top, time);
    }

    private bool TryKey(EventBatch batch, int row)
    {
        _key.Clear();
        for (var d = 0; d < _dimensions.Length; d++)
        {
            var slot = _dimensions[d].Slot(batch, row);
            if (slot.IsText)
            {
                GroupKey.AppendText(_key, batch.Text(slot));
                continue;
            }

            var value = _dimensions[d].Evaluate(batch, row);
            if (value.IsError && !value.IsMissing)
            {
                batch.Fail(row, $"A dimension of the window cannot be told: {value.Reason}");
                return false;
            }

            GroupKey.Append(_key, value);
        }

        return true;
    }

    private sealed class Partition(WindowSet windows, bool holdsTimeBack)
    {
        public WindowSet Windows { get; } = windows;

        public bool HoldsTimeBack => holdsTimeBack;

        public long Top { get; set; }
    }
}
