using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// How often each value came: exactly up to 10,000 different values or 1 MB of them. Beyond, all events are counted in a Count-Min sketch, and the values that are kept
/// to be asked for are those with the least priorities, where a value's priority is the least hash of its events' ids: the first values of the events in a
/// random order, so a value of a share s of the events is missed with a probability of about exp(-10000 s). Both are order-free: counts add up; a
/// value among the least at last is so from the event that gives it its priority on, since priorities of others only fall.
/// </summary>
internal sealed class TopValues
{
    private const int Limit = 10_000;
    private const int ByteLimit = 1 << 20;
    private const int KeptBytes = 1 << 14;
    private ValueTable _values = new();
    private CountMin? _sketch;
    private ulong _threshold = ulong.MaxValue;

    public void Clear()
    {
        if (_values.KeyBytes > KeptBytes)
        {
            // One large group must not keep its memory for ever.
            _values = new ValueTable();
        }

        _values.Clear();
        (_sketch, _threshold) = (null, ulong.MaxValue);
    }

    /// <summary>Counts a value.</summary>
    /// <param name="key">Its group key.</param>
    /// <param name="count">How many events had it.</param>
    /// <param name="priority">The least hash of their ids.</param>
    public void Add(ReadOnlySpan<byte> key, long count, ulong priority)
    {
        var hash = StableHash.Of(key);
        _sketch?.Add(hash, count);
        var index = _values.Find(key, hash);
        if (index < 0)
        {
            if (_sketch is not null && priority > _threshold)
            {
                return;
            }

            index = _values.Add(key, hash);
        }

        _values.Note(index, count, priority);
        var room = _sketch is null ? 1 : 2;
        if (_values.Count > Limit * room || _values.KeyBytes > ByteLimit * room)
        {
            Estimate();
            Prune();
        }
    }

    public void Write(ByteBuffer output)
    {
        Prune();
        output.WriteVarint(((ulong)_values.Count << 1) | (_sketch is null ? 0UL : 1));
        _values.Write(output, counts: _sketch is null);
        _sketch?.Write(output);
    }

    public void Merge(ref ByteReader input)
    {
        var header = input.Varint();
        var estimates = (header & 1) != 0;
        if (estimates)
        {
            Estimate();
        }

        for (var count = header >> 1; count > 0; count--)
        {
            var key = input.Blob();
            Add(key, estimates ? 0 : (long)input.Varint(), (ulong)input.Int64());
        }

        if (estimates)
        {
            _sketch!.Merge(ref input);
        }
    }

    /// <summary>The most frequent values and their counts; ties in the order of the keys.</summary>
    public List<(byte[] Key, long Count)> Most(int count)
    {
        Prune();
        var counts = new long[_values.Count];
        var order = new int[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = _sketch?.Estimate(_values.Hash(i)) ?? _values.CountOf(i);
            order[i] = i;
        }

        Array.Sort(order, (a, b) => counts[a] != counts[b] ? counts[b].CompareTo(counts[a]) : _values.Key(a).SequenceCompareTo(_values.Key(b)));
        return [.. order.Take(count).Select(i => (_values.Key(i).ToArray(), counts[i]))];
    }

    private void Estimate()
    {
        if (_sketch is not null)
        {
            return;
        }

        _sketch = new CountMin();
        for (var i = 0; i < _values.Count; i++)
        {
            _sketch.Add(_values.Hash(i), _values.CountOf(i));
        }
    }

    // Keeps the values of least priority, as many as there is room for. The one that crosses the limit of bytes stays, so that there is always one.
    private void Prune()
    {
        if (_sketch is null || (_values.Count <= Limit && _values.KeyBytes <= ByteLimit))
        {
            return;
        }

        var order = _values.ByPriority();
        var (kept, bytes) = (0, 0L);
        for (; kept < Math.Min(Limit, order.Length) && bytes <= ByteLimit; kept++)
        {
            bytes += _values.Key(order[kept]).Length;
        }

        if (kept < order.Length)
        {
            _threshold = _values.Priority(order[kept - 1]);
            _values = _values.Pick(order.AsSpan(0, kept));
        }
    }
}
