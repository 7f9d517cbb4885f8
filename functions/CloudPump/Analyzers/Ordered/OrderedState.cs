using CloudPump.Events;

namespace CloudPump.Analyzers.Ordered;

/// <summary>
/// The state of a shard that takes events one by one, in the order of time and id, behind the watermark. Between events the timers of keys come up: one that is due
/// at the time of an event comes before it. What an event or timer does depends on nothing else, so results are the same however pieces come in.
/// </summary>
internal abstract class OrderedState<T>(KeyedAnalyzer definition) : IShardState
    where T : KeyState, new()
{
    private readonly PendingEvents _pending = new();
    private readonly Dictionary<byte[], T> _keys = new(BytesComparer.Instance);
    private readonly TimerQueue<T> _timers = new();
    private readonly int _maxKeys = definition.MaxKeys;
    private long _passed = long.MinValue;

    /// <inheritdoc/>
    public long ClosedEarly { get; private set; }

    /// <inheritdoc/>
    public long Apply(ReadOnlySpan<byte> piece) => _pending.Add(piece.ToArray(), _passed);

    /// <inheritdoc/>
    public void Close(long mark, ResultBatch results)
    {
        var keys = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (var e in _pending.TakeDue(mark))
        {
            RunTimers(e.Stamp.Time, results);
            if (!keys.TryGetValue(e.Key, out var state))
            {
                state = new T { Key = e.Key.ToArray() };
                _keys.Add(state.Key, state);
            }

            state.LastSeen = e.Stamp.Time;
            OnEvent(state, e, results);
            _passed = e.Stamp.Time + 1;

            // Here and not at the end: which keys go must not depend on how far the watermark has come.
            CloseOldest(results);
        }

        RunTimers(mark, results);
        _passed = mark == long.MaxValue ? _passed : Math.Max(_passed, mark);
    }

    /// <inheritdoc/>
    public void Save(ByteBuffer output)
    {
        output.WriteSigned(_passed);
        _pending.Save(output);
        output.WriteVarint((ulong)_keys.Count);
        foreach (var state in _keys.Values)
        {
            output.WriteBlob(state.Key);
            output.WriteSigned(state.LastSeen);
            output.WriteSigned(state.Due);
            SaveKey(state, output);
            output.Checkpoint();
        }
    }

    /// <inheritdoc/>
    public void Load(ref ByteReader input)
    {
        _passed = input.Signed();
        _pending.Load(ref input);
        for (var count = input.Items(); count > 0; count--)
        {
            var state = new T { Key = input.Blob().ToArray(), LastSeen = input.Signed() };
            var due = input.Signed();
            LoadKey(state, ref input);
            _keys.Add(state.Key, state);
            _timers.Set(state, due);
        }
    }

    /// <summary>An event of a key.</summary>
    protected abstract void OnEvent(T state, in PendingEvent e, ResultBatch results);

    /// <summary>A key's timer is due.</summary>
    protected virtual void OnTimer(T state, long time, ResultBatch results)
    {
    }

    /// <summary>A key has to go because there are too many; what it held is emitted, marked as partial.</summary>
    protected virtual void OnCrowded(T state, ResultBatch results)
    {
    }

    /// <summary>Writes what is known of a key.</summary>
    protected abstract void SaveKey(T state, ByteBuffer output);

    /// <summary>Reads what <see cref="SaveKey"/> wrote.</summary>
    protected abstract void LoadKey(T state, ref ByteReader input);

    /// <summary>Sets a key's timer, to a time after the current one; <see cref="long.MaxValue"/> for none.</summary>
    protected void SetTimer(T state, long due) => _timers.Set(state, due);

    /// <summary>Counts something that had to be given up because there was too much.</summary>
    protected void CountClosedEarly() => ClosedEarly++;

    /// <summary>Forgets a key.</summary>
    protected void Forget(T state)
    {
        _timers.Set(state, long.MaxValue);
        _keys.Remove(state.Key);
    }

    /// <summary>The keys, in the order of their bytes.</summary>
    protected IEnumerable<T> Keys() => _keys.Values.Order(Comparer<T>.Create(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key)));

    private void RunTimers(long time, ResultBatch results)
    {
        while (_timers.TryTake(time, out var state, out var due))
        {
            OnTimer(state, due, results);
        }
    }

    private void CloseOldest(ResultBatch results)
    {
        if (_keys.Count <= _maxKeys)
        {
            return;
        }

        // A tenth at once: one by one would mean to sort for every new key.
        var oldest = _keys.Values
            .OrderBy(static s => s.LastSeen).ThenBy(static s => s.Key, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Take(_keys.Count - _maxKeys + (_maxKeys / 10)).ToList();
        foreach (var state in oldest)
        {
            OnCrowded(state, results);
            Forget(state);
        }

        ClosedEarly += oldest.Count;
    }
}
