using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>
/// A running sink. A host opens it, writes batches, and flushes before every commit; the reference that the flush gives is committed together with
/// the source positions and given back when the pipeline is opened the next time.
/// </summary>
public interface ISink : IAsyncDisposable
{
    /// <summary>Opens the sink and takes back what was written after the committed reference.</summary>
    /// <param name="committed">The reference of the last commit, or null when there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask OpenAsync(string? committed, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the events of <see cref="EventBatch.Rows"/>. An event that can never be written is given to <see cref="EventBatch.Fail"/>. When the whole
    /// batch could not be taken it throws, and the host calls again with the same batch: what the sink took already it must not take twice.
    /// </summary>
    ValueTask WriteAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes everything written so far durable; returns a reference to it (such as a file's length), or null when the sink needs none.</summary>
    ValueTask<string?> FlushAsync(CancellationToken cancellationToken);
}
