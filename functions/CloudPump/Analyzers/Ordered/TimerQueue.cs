namespace CloudPump.Analyzers.Ordered;

/// <summary>
/// The timers of keys by time, then key. A timer that is only put off leaves its entry where it is, and is queued anew when that comes up: a session that goes on costs
/// nothing per event.
/// </summary>
internal sealed class TimerQueue<T>
    where T : KeyState
{
    private readonly PriorityQueue<T, Entry> _queue = new(Comparer<Entry>.Create(static (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Key.AsSpan().SequenceCompareTo(b.Key)));

    /// <summary>Sets a key's timer; <see cref="long.MaxValue"/> for none.</summary>
    public void Set(T state, long due)
    {
        state.Due = due;
        if (due < state.Queued)
        {
            state.Queued = due;
            _queue.Enqueue(state, new Entry(due, state.Key));
        }
    }

    /// <summary>Takes the first timer that is due at or before a time.</summary>
    public bool TryTake(long time, out T state, out long due)
    {
        while (_queue.TryPeek(out state!, out var entry) && entry.Time <= time)
        {
            _queue.Dequeue();
            due = state.Due;
            if (entry.Time != state.Queued)
            {
                continue;
            }

            state.Queued = long.MaxValue;
            if (due == entry.Time)
            {
                state.Due = long.MaxValue;
                return true;
            }

            Set(state, due);
        }

        due = 0;
        return false;
    }

    private readonly record struct Entry(long Time, byte[] Key);
}
