namespace CloudPump.Embedded.Storage;

/// <summary>
/// One partition of a stream, or one subscription of a topic: an ordered log of blocks. This is its part in memory: where it ends, who waits for more, and how
/// much has not been consumed yet.
/// </summary>
internal sealed class StreamLog(long id, string name, long next, long mostBacklog)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long End, int Bytes)> _backlog = new();
    private readonly Dictionary<string, long> _consumers = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();
    private long _backlogBytes;

    /// <summary>The log's number: the upper bits of its blocks' row ids.</summary>
    public long Id => id;

    /// <summary>The log's name.</summary>
    public string Name => name;

    /// <summary>The number that the next event gets.</summary>
    public long Next { get; private set; } = next;

    /// <summary>Whether nothing more will come.</summary>
    public bool Completed { get; private set; }

    /// <summary>The row id of the block that begins with an event.</summary>
    public long RowId(long sequence) => (id << 40) | sequence;

    /// <summary>Completes when something was appended or consumed, or the log was completed, after this was read.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Whether senders should wait: the slowest of the running consumers is far behind.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _consumers.Count > 0 && _backlogBytes > mostBacklog;
            }
        }
    }

    /// <summary>Notes that a consumer runs in this host, and where it begins.</summary>
    public void AddConsumer(string consumer, long position)
    {
        lock (_lock)
        {
            _consumers[consumer] = position;
        }
    }

    /// <summary>Notes that a consumer runs no longer: nobody waits for it.</summary>
    public void RemoveConsumer(string consumer)
    {
        lock (_lock)
        {
            _consumers.Remove(consumer);
            Signal();
        }
    }

    /// <summary>Up to where all running consumers have got, when one of them has got to a position.</summary>
    public long Slowest(string consumer, long position)
    {
        lock (_lock)
        {
            return _consumers.Where(c => c.Key != consumer).Select(c => c.Value).Append(position).Min();
        }
    }

    /// <summary>Notes what a transaction has appended, once it is committed.</summary>
    public void Appended(long next, int bytes)
    {
        lock (_lock)
        {
            Next = next;
            _backlog.Enqueue((next, bytes));
            _backlogBytes += bytes;
            Signal();
        }
    }

    /// <summary>Notes up to where a consumer has got.</summary>
    public void Consumed(string consumer, long position)
    {
        lock (_lock)
        {
            _consumers[consumer] = position;
            var slowest = _consumers.Values.Min();
            while (_backlog.TryPeek(out var block) && block.End <= slowest)
            {
                _backlog.Dequeue();
                _backlogBytes -= block.Bytes;
            }

            Signal();
        }
    }

    /// <summary>Notes that nothing more will come.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            Completed = true;
            Signal();
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
