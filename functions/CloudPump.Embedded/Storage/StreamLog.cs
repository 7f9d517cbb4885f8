namespace CloudPump.Embedded.Storage;

/// <summary>
/// One partition of a stream, or one subscription of a topic: an ordered log of blocks. This is its part in memory: where it ends, who waits for more, and how
/// much has not been consumed yet.
/// </summary>
internal sealed class StreamLog(long id, string name, long next)
{
    /// <summary>How much may wait before senders are held back.</summary>
    private const long MostBacklog = 64L << 20;

    private readonly Lock _lock = new();
    private readonly Queue<(long End, int Bytes)> _backlog = new();
    private TaskCompletionSource _changed = NewSignal();
    private long _backlogBytes;
    private bool _consumed;

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

    /// <summary>Whether senders should wait: a running consumer is far behind.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _consumed && _backlogBytes > MostBacklog;
            }
        }
    }

    /// <summary>Notes that a consumer runs in this host, and where it begins.</summary>
    public void AddConsumer() => _consumed = true;

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

    /// <summary>Notes up to where the consumer has got.</summary>
    public void Consumed(long position)
    {
        lock (_lock)
        {
            while (_backlog.TryPeek(out var block) && block.End <= position)
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
