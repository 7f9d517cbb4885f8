using CloudPump.Events;

namespace CloudPump.Generators;

/// <summary>Where a generator puts the events that it makes of one event.</summary>
public sealed class ChildEvents
{
    private readonly List<int> _parents = [];
    private EventBatch _batch = null!;
    private int _parent;
    private int _place;
    private int _first;

    /// <summary>The event stays, and nothing is made of it.</summary>
    public bool KeepsEvent { get; private set; }

    /// <summary>How many events were made of the event.</summary>
    public int Count => _batch.RowCount - _first;

    /// <summary>For every event made in this batch, the place of the event that it was made of.</summary>
    internal ReadOnlySpan<int> Parents => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_parents);

    /// <summary>Leaves the event as it is.</summary>
    public void Keep() => KeepsEvent = true;

    /// <summary>Takes <see cref="Keep"/> back: the events that were made stand for it.</summary>
    public void Replace() => KeepsEvent = false;

    /// <summary>Adds an event of original bytes that stand in the arena; false when there are more than ids can tell.</summary>
    public bool TryAdd(int rawOffset, int rawLength, out int row)
    {
        row = -1;
        if (!ChildIndex.TryOf(_batch.Header(_parent).Index, Count, out var index))
        {
            return false;
        }

        row = _batch.AddChild(_parent, index, rawOffset, rawLength);
        _parents.Add(_place);
        return true;
    }

    /// <summary>Adds an event that has only fields; false when there are more than ids can tell.</summary>
    public bool TryAdd(out int row) => TryAdd(0, -1, out row);

    internal void BeginBatch(EventBatch batch)
    {
        _batch = batch;
        _parents.Clear();
    }

    internal void Begin(int row, int place)
    {
        (_parent, _place, _first) = (row, place, _batch.RowCount);
        KeepsEvent = false;
    }

    internal void TakeBack()
    {
        _parents.RemoveRange(_parents.Count - Count, Count);
        _batch.TakeBackFrom(_first);
    }
}
