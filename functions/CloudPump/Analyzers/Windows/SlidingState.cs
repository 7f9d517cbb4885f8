using CloudPump.Analyzers.Measures;
using CloudPump.Analyzers.Ordered;
using CloudPump.Events;

namespace CloudPump.Analyzers.Windows;

/// <summary>
/// The state of a shard of sliding windows: per key the events of the last window. A window (end - size, end] is told when its content has changed at its end, because
/// events came at that time or left; all changes of one time are one. It is told one tick later, when no other event of that time can follow.
/// </summary>
internal sealed class SlidingState(TimeWindow definition, MeasureSet measures) : OrderedState<SlidingKey>(definition)
{
    private readonly GroupPool _pool = new(measures);
    private readonly long _size = definition.Size.Ticks;
    private readonly ResultFields _fields = new(definition.Name, ["window_start", "window_end"], [.. definition.By.Select(d => d.Name)], measures.Names);
    private readonly HavingFilter _having = new(definition.Having);

    protected override void OnEvent(SlidingKey state, in PendingEvent e, ResultBatch results)
    {
        var queue = state.Queue ??= new SlidingQueue(_pool);
        var input = new ByteReader(e.Payload[1..]);
        queue.Add(e.Stamp.Time, ref input);
        SetTimer(state, Math.Min(e.Stamp.Time, queue.Oldest + _size) + 1);
    }

    protected override void OnTimer(SlidingKey state, long time, ResultBatch results)
    {
        var (end, queue) = (time - 1, state.Queue!);
        queue.RemoveThrough(end - _size);
        if (queue.IsEmpty)
        {
            Forget(state);
            return;
        }

        Tell(state, end, results, isPartial: false);
        SetTimer(state, queue.Oldest + _size + 1);
    }

    protected override void OnCrowded(SlidingKey state, ResultBatch results)
    {
        state.Queue!.RemoveThrough(state.LastSeen - _size);
        Tell(state, state.LastSeen, results, isPartial: true);
        state.Queue.Clear();
    }

    protected override void SaveKey(SlidingKey state, ByteBuffer output) => state.Queue!.Save(output);

    protected override void LoadKey(SlidingKey state, ref ByteReader input) => (state.Queue = new SlidingQueue(_pool)).Load(ref input);

    private void Tell(SlidingKey state, long end, ResultBatch results, bool isPartial)
    {
        var group = _pool.Rent();
        state.Queue!.AddTo(group);
        var row = _fields.Add(results, state.Key, end - _size, end);
        measures.Results(_pool.Columns, group, _size, results.Events, row, _fields.Others);
        _pool.Return(group);
        if (isPartial)
        {
            results.MarkPartial(row);
        }

        _having.Apply(results, row);
    }
}
