using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>The results of a shard as events, numbered in the order in which they were emitted: (shard, result number) is their id.</summary>
public sealed class ResultBatch
{
    private readonly Origin _origin;
    private readonly TimeProvider _time;
    private EventBatch? _events;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="origin">The shard.</param>
    /// <param name="next">The number of the next result.</param>
    /// <param name="time">The clock, for the time received.</param>
    public ResultBatch(Origin origin, long next, TimeProvider time)
    {
        _origin = origin;
        _time = time;
        Next = next;
    }

    /// <summary>The number of the next result.</summary>
    public long Next { get; private set; }

    /// <summary>How many results there are.</summary>
    public int Count => _events?.RowCount ?? 0;

    /// <summary>The results. Most commits close nothing, so the batch is made when it is first needed.</summary>
    public EventBatch Events => _events ??= NewBatch();

    /// <summary>Adds a result; returns its row in <see cref="Events"/>.</summary>
    public int Add() => Events.Add(new EventHeader { Offset = Next++, Received = _time.GetUtcNow().Ticks, RawLength = -1 });

    /// <summary>The results as a block.</summary>
    public byte[] ToBlock()
    {
        var writer = new EventBlockWriter(Events.Fields);
        foreach (var row in Events.Rows)
        {
            writer.Add(Events, row);
        }

        return writer.ToBlock(_origin);
    }

    private EventBatch NewBatch()
    {
        var events = new EventBatch(new FieldTable());
        events.AddOrigin(_origin);
        return events;
    }
}
