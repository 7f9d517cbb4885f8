using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded;

/// <summary>A source partition in the hands of a worker: its batch, and the read that is under way.</summary>
internal sealed class WorkerPartition(SourcePartition source, int index, EventBatch batch, TimeProvider time, CancellationToken stop, CancellationToken abort)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _reads = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
    private Task<ReadResult>? _reading;
    private long _readingSince;

    public SourcePartition Source => source;

    public int Index => index;

    public EventBatch Batch => batch;

    /// <summary>Whether its events come from outside the host.</summary>
    public bool Outside { get; init; }

    /// <summary>Whether its end is the end of its time; if not, its windows stay open for the next run.</summary>
    public bool EndsTime { get; init; } = true;

    public bool Ended { get; set; }

    /// <summary>The position after the last batch.</summary>
    public long Position { get; set; }

    /// <summary>Since when a read has waited for events, as a timestamp; null when none does. A partition that is not asked is not silent.</summary>
    public long? WaitingSince => _reading is { IsCompleted: false } ? _readingSince : null;

    /// <summary>The read under way; begun when there is none.</summary>
    public Task<ReadResult> Read()
    {
        if (_reading is null)
        {
            batch.Clear();
            batch.Partition = index;
            _readingSince = time.GetTimestamp();
            _reading = ReadAsync(_reads.Token);
        }

        return _reading;
    }

    /// <summary>Takes the finished read's result; a read that was stopped counts as the end.</summary>
    public async Task<ReadResult> TakeAsync()
    {
        var reading = _reading!;
        _reading = null;
        try
        {
            var result = await reading;
            if (result == ReadResult.Events)
            {
                source.Decode(batch);
            }

            return result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            return ReadResult.End;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reads.CancelAsync();
        _reads.Dispose();
        await source.DisposeAsync();
    }

    private async Task<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        // Asked here, so that a source that never waits stops as well; and waited for here, so that one that does not listen holds up no stop.
        cancellationToken.ThrowIfCancellationRequested();
        return await source.ReadAsync(batch, cancellationToken).AsTask().WaitAsync(cancellationToken);
    }
}
