using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>The results of a shard as events, numbered in the order in which they were emitted: (shard, result number) is their id.</summary>
public sealed class ResultBatch
{
    private const int BlockSize = 32 << 10;
    private readonly Origin _origin;
    private readonly EventBlockWriter _writer;
    private readonly TimeProvider _time;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="origin">The shard.</param>
    /// <param name="time">The clock, for the time received.</param>
    public ResultBatch(Origin origin, TimeProvider time)
    {
        _origin = origin;
        _time = time;
        Events = new EventBatch(new FieldTable());
        _writer = new EventBlockWriter(Events.Fields);
        Begin(0);
    }

    /// <summary>Empties the batch; the next result gets this number.</summary>
    public void Begin(long next)
    {
        Next = next;
        Events.Clear();
        Events.AddOrigin(_origin);
    }

    /// <summary>The number of the next result.</summary>
    public long Next { get; private set; }

    /// <summary>How many results there are.</summary>
    public int Count => Events.RowCount;

    /// <summary>The results.</summary>
    public EventBatch Events { get; }

    /// <summary>Adds a result; returns its row in <see cref="Events"/>.</summary>
    public int Add() => Events.Add(new EventHeader { Offset = Next++, Received = _time.GetUtcNow().Ticks, RawLength = -1 });

    /// <summary>The results as blocks of a size that batches like.</summary>
    public IEnumerable<(int Count, byte[] Block)> ToBlocks()
    {
        _writer.Clear();
        for (var row = 0; row < Count; row++)
        {
            _writer.Add(Events, row);
            if (_writer.Length >= BlockSize || row == Count - 1)
            {
                yield return (_writer.Count, _writer.ToBlock(_origin));
                _writer.Clear();
            }
        }
    }
}
