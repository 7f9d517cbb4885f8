using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>One partition of a source: events in order, each with its position.</summary>
public abstract class SourcePartition : IAsyncDisposable
{
    /// <summary>The name under which the position is kept: the same input has the same name at every start.</summary>
    public abstract string Name { get; }

    /// <summary>The origin of its events, for their ids.</summary>
    public abstract Origin Origin { get; }

    /// <summary>Says which input this is, so that another input under the same name starts from its beginning; empty when names suffice.</summary>
    public virtual string Identity => "";

    /// <summary>The partition keeps no time back: replayed dead letters come late by nature.</summary>
    public virtual bool HoldsTimeBack => true;

    /// <summary>Its events only tell that another pipeline has had some: they wake analyzers, and go no further.</summary>
    public virtual bool IsSignals => false;

    /// <summary>The index of the processor at which its events enter; 0 for all but replayed dead letters.</summary>
    public virtual int EntryStep(EventBatch batch) => 0;

    /// <summary>Starts from a committed position, or from the beginning when there is none. Called once, before the first read.</summary>
    public abstract ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Fills the empty batch with the next events and sets <see cref="EventBatch.NextOffset"/>. Streaming partitions wait until there are some. It runs beside the
    /// pipeline, so it must leave the field names alone: what comes with fields is added in <see cref="Decode"/>.
    /// </summary>
    public abstract ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Adds what a read found and could not add itself; called in the pipeline's turn, after a read that brought events.</summary>
    public virtual void Decode(EventBatch batch)
    {
    }

    /// <summary>Called after a commit with the position that it holds. Later events may have been read already, and a read may be under way.</summary>
    public virtual ValueTask CommittedAsync(long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
