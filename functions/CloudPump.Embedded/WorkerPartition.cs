using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded;

/// <summary>A source partition in the hands of a worker: its batch, and the read that is under way.</summary>
internal sealed class WorkerPartition(SourcePartition source, int index, EventBatch batch, bool outside, CancellationToken stop, CancellationToken abort)
{
    private Task<ReadResult>? _reading;

    public SourcePartition Source => source;

    public int Index => index;

    public EventBatch Batch => batch;

    /// <summary>Whether its events come from outside the host.</summary>
    public bool Outside => outside;

    public bool Ended { get; set; }

    /// <summary>The position after the last batch.</summary>
    public long Position { get; set; }

    /// <summary>When it last brought events, as a timestamp.</summary>
    public long LastEvents { get; set; }

    /// <summary>The read under way; begun when there is none.</summary>
    public Task<ReadResult> Read()
    {
        if (_reading is null)
        {
            batch.Clear();
            batch.Partition = index;

            // Asked here, so that a source that never waits stops as well.
            _reading = stop.IsCancellationRequested ? Task.FromCanceled<ReadResult>(stop) : source.ReadAsync(batch, stop).AsTask();
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
            return await reading;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            return ReadResult.End;
        }
    }
}
