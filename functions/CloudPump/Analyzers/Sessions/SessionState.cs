using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers.Sessions;

/// <summary>The state of a shard of session windows: the open sessions. They close in the order of end, start, key.</summary>
internal sealed class SessionState(SessionWindow definition, MeasureSet measures) : IShardState
{
    private readonly long _gap = definition.Gap.Ticks;
    private readonly SessionSet _sessions = new(measures, definition.Gap.Ticks);
    private readonly SessionResults _results = new(definition, measures);
    private readonly PriorityQueue<(int Session, int Life), long> _due = new();
    private readonly GroupPool _discarded = new(measures);
    private readonly List<int> _closing = [];
    private long _closedThrough = long.MinValue;

    /// <inheritdoc/>
    public long ClosedEarly { get; private set; }

    /// <inheritdoc/>
    public long Apply(ReadOnlySpan<byte> piece)
    {
        var input = new ByteReader(piece);
        var late = 0L;
        for (var count = input.Count(); count > 0; count--)
        {
            late += ApplySession(ref input);
        }

        return late;
    }

    /// <inheritdoc/>
    public void Close(long mark, ResultBatch results)
    {
        _closing.Clear();
        while (_due.TryPeek(out var entry, out var due) && due <= mark)
        {
            _due.Dequeue();
            if (_sessions[entry.Session].Life != entry.Life)
            {
                continue;
            }

            // It may have been lengthened since.
            due = _sessions[entry.Session].End + _gap;
            if (due <= mark)
            {
                _closing.Add(entry.Session);
            }
            else
            {
                _due.Enqueue(entry, due);
            }
        }

        Emit(results, isPartial: false);
        _closedThrough = mark == long.MaxValue ? _closedThrough : Math.Max(_closedThrough, mark);
        CloseOldest(results);
        _sessions.Compact();
    }

    /// <inheritdoc/>
    public void Save(ByteBuffer output)
    {
        output.WriteSigned(_closedThrough);
        output.WriteVarint((ulong)_sessions.Count);
        foreach (var session in _sessions.All())
        {
            _sessions.Write(session, output);
            output.Checkpoint();
        }
    }

    /// <inheritdoc/>
    public void Load(ref ByteReader input)
    {
        var closedThrough = input.Signed();
        for (var count = input.Count(); count > 0; count--)
        {
            ApplySession(ref input);
        }

        _closedThrough = closedThrough;
    }

    // The number of events that came too late.
    private long ApplySession(ref ByteReader input)
    {
        var key = input.Blob();
        var start = input.Signed();
        var end = start + (long)input.Varint();
        var events = (long)input.Varint();
        if (end + _gap <= _closedThrough)
        {
            var nothing = _discarded.Rent();
            _discarded.Merge(nothing, ref input);
            _discarded.Return(nothing);
            return events;
        }

        var session = _sessions.Join(key, StableHash.Of(key), start, end, events);
        _sessions.Merge(session, ref input);
        if (_sessions[session].Events == events)
        {
            _due.Enqueue((session, _sessions[session].Life), end + _gap);
        }

        return 0;
    }

    private void Emit(ResultBatch results, bool isPartial)
    {
        _closing.Sort(Order);
        foreach (var session in _closing)
        {
            ref readonly var at = ref _sessions[session];
            _results.Add(results, _sessions.Key(session), at.Start, at.End, _sessions.Columns, session, isPartial);
            _sessions.Remove(session);
        }
    }

    // When there are too many, the oldest are told as far as they are known, and go; a tenth at once.
    private void CloseOldest(ResultBatch results)
    {
        if (_sessions.Count <= definition.MaxKeys)
        {
            return;
        }

        _closing.Clear();
        _closing.AddRange(_sessions.All());
        _closing.Sort(Order);
        var count = _sessions.Count - definition.MaxKeys + (definition.MaxKeys / 10);
        _closing.RemoveRange(count, _closing.Count - count);
        ClosedEarly += count;
        Emit(results, isPartial: true);
    }

    private int Order(int left, int right)
    {
        ref readonly var a = ref _sessions[left];
        ref readonly var b = ref _sessions[right];
        var order = a.End.CompareTo(b.End);
        order = order != 0 ? order : a.Start.CompareTo(b.Start);
        return order != 0 ? order : _sessions.Key(left).SequenceCompareTo(_sessions.Key(right));
    }
}
