namespace CloudPump.Events;

/// <content>Events made of other events.</content>
public sealed partial class EventBatch
{
    private int[] _order = [];

    /// <summary>Adds an event that was made of another one: it has that one's position, origin and time received, and no fields.</summary>
    /// <param name="parent">The row of the event that it was made of.</param>
    /// <param name="index">Its index, from <see cref="ChildIndex"/>.</param>
    /// <param name="rawOffset">Where its original bytes start in the arena.</param>
    /// <param name="rawLength">Their length; -1 when it has none.</param>
    internal int AddChild(int parent, long index, int rawOffset, int rawLength)
    {
        var header = _headers[parent];
        (header.Index, header.RawOffset, header.RawLength, header.Parsed) = (index, rawOffset, rawLength, false);
        return Add(header);
    }

    /// <summary>Gives an event original bytes that begin with other bytes of the arena.</summary>
    internal void PrependRaw(int row, int offset, int length)
    {
        var (rawOffset, rawLength) = (_headers[row].RawOffset, _headers[row].RawLength);
        if (length > 0)
        {
            var room = Reserve(length + rawLength);
            Bytes(offset, length).CopyTo(room);
            Bytes(rawOffset, rawLength).CopyTo(room[length..]);
            (_headers[row].RawOffset, _headers[row].RawLength) = (Commit(length + rawLength), length + rawLength);
        }
    }

    /// <summary>Gives an event original bytes that stand in the arena.</summary>
    internal void SetRaw(int row, int offset, int length) => (_headers[row].RawOffset, _headers[row].RawLength) = (offset, length);

    /// <summary>Copies the fields of one event to another that has none.</summary>
    internal void CopyFields(int from, int to)
    {
        Array.Copy(_ids, from * _stride, _ids, to * _stride, _counts[from]);
        Array.Copy(_slots, from * _stride, _slots, to * _stride, _counts[from]);
        _counts[to] = _counts[from];
    }

    /// <summary>Takes back the events from a row on, as if they had not been added.</summary>
    internal void TakeBackFrom(int row)
    {
        _selected -= RowCount - row;
        RowCount = row;
    }

    /// <summary>Puts events that were added last where the events stand that they were made of.</summary>
    /// <param name="parents">For each added row, the place among <see cref="Rows"/> of the event that it was made of, ascending.</param>
    internal void OrderChildren(ReadOnlySpan<int> parents)
    {
        var old = _selected - parents.Length;
        if (_order.Length < _selected)
        {
            _order = new int[_selection.Length];
        }

        var (next, child) = (0, 0);
        for (var place = 0; place < old; place++)
        {
            _order[next++] = _selection[place];
            for (; child < parents.Length && parents[child] == place; child++)
            {
                _order[next++] = _selection[old + child];
            }
        }

        (_selection, _order) = (_order, _selection);
        if (_selection.Length < _headers.Length)
        {
            Array.Resize(ref _selection, _headers.Length);
        }
    }
}
