using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>The half of an analyzer that runs in the pipeline: it reduces the events of each source partition to pieces.</summary>
public abstract class AnalyzerStep : IProcessor
{
    /// <summary>A partition's top before its first event.</summary>
    public const long NoTime = long.MinValue;

    /// <summary>How many late events were set aside since this was last taken.</summary>
    public long Late { get; protected set; }

    /// <summary>How many keys or events wait to go into pieces: a host that commits when they are many keeps its memory flat.</summary>
    public virtual long Pending => 0;

    /// <inheritdoc/>
    public abstract void Process(EventBatch batch);

    /// <summary>Makes a source partition known; partitions are numbered 0, 1, 2... in the order of these calls.</summary>
    /// <param name="top">The largest event time committed for it, or <see cref="NoTime"/>.</param>
    /// <param name="holdsTimeBack">It has a watermark; without one (replayed dead letters) none of its events is late by it.</param>
    public abstract void AddPartition(long top, bool holdsTimeBack = true);

    /// <summary>The largest event time seen in a partition, in ticks, or <see cref="NoTime"/>.</summary>
    public abstract long Top(int partition);

    /// <summary>Writes what a partition has for a shard since the last call, and forgets it; false when there is nothing.</summary>
    public abstract bool TakePiece(int partition, int shard, ByteBuffer piece);

    /// <summary>Another pipeline has had events: what waits for that goes into the next piece of this partition.</summary>
    public virtual void Wake(int partition)
    {
    }

    /// <summary>Takes the count of late events.</summary>
    public long TakeLate()
    {
        var late = Late;
        Late = 0;
        return late;
    }
}
