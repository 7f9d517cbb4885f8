using CloudPump.Embedded.Storage;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>
/// Runs one pipeline: reads its source partitions in turn, takes each batch through the processors into the sink, and commits at intervals. It reads on only
/// when the sink has taken the last batch and the pipelines it sends to are not far behind: that is the whole of the back-pressure.
/// </summary>
internal sealed class PipelineWorker(
    PipelineInstance instance,
    IReadOnlyList<WorkerPartition> partitions,
    IReadOnlyList<StreamLog> targets,
    GroupCommitter committer,
    EmbeddedOptions options,
    bool temporary,
    CancellationToken stop,
    CancellationToken abort) : IAsyncDisposable
{
    private const long CommitBytes = 32 << 20;
    private const long MostPending = 32_000;
    private static readonly TimeSpan IdleCheck = TimeSpan.FromSeconds(1);
    private readonly Retry _retry = new(options, stop, abort);
    private readonly IdleWatch _idle = new(instance, partitions, options);
    private long _lastCommit;
    private long _bytes;
    private long _firstRead;
    private long _fromOutside;

    public PipelineStatus Status => new(instance.Definition.Name, instance.Accounting, Interlocked.Read(ref _fromOutside), partitions.Where(p => p.Outside).Sum(p => p.Position), _firstRead, _lastCommit);

    public async Task RunAsync()
    {
        _lastCommit = options.Time.GetTimestamp();
        while (partitions.Any(p => !p.Ended))
        {
            await WaitForRoomAsync();
            if (!await ReadRoundAsync())
            {
                await WaitAsync();
            }

            if (_idle.Check() || CommitIsDue())
            {
                await CommitAsync();
            }
        }

        await CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var partition in partitions)
        {
            await partition.DisposeAsync();
        }

        await instance.DisposeAsync();
    }

    // One batch from every partition that has one, always in the same order: so a bounded input gives the same output every time.
    private async Task<bool> ReadRoundAsync()
    {
        var any = false;
        foreach (var partition in partitions)
        {
            if (partition.Ended || !partition.Read().IsCompleted)
            {
                continue;
            }

            any = true;
            if (await partition.TakeAsync() == ReadResult.Events)
            {
                await ProcessAsync(partition);
            }
            else
            {
                End(partition);
            }
        }

        return any;
    }

    private async Task ProcessAsync(WorkerPartition partition)
    {
        var batch = partition.Batch;
        partition.Position = batch.NextOffset;
        _firstRead = _firstRead == 0 ? options.Time.GetTimestamp() : _firstRead;
        Interlocked.Add(ref _fromOutside, partition.Outside ? batch.RowCount : 0);
        _bytes += batch.ArenaLength;
        await instance.ProcessAsync(batch, abort);
        await _retry.RunAsync(() => instance.DeliverAsync(batch, abort), "The sink does not take events");
        options.Observe?.Invoke(instance.Definition.Name, batch);
        if (_bytes >= CommitBytes || instance.PendingInAnalyzers >= MostPending || options.Time.GetElapsedTime(_lastCommit) >= options.CommitInterval)
        {
            await CommitAsync();
        }
    }

    private void End(WorkerPartition partition)
    {
        partition.Ended = true;

        // A stopped run with a lasting store goes on later: its windows stay open. Otherwise this is the end of the input, and so of time.
        if (partition.EndsTime && (temporary || !stop.IsCancellationRequested))
        {
            instance.End(partition.Index);
        }
    }

    private bool CommitIsDue() => instance.HasPending && options.Time.GetElapsedTime(_lastCommit) >= options.CommitInterval;

    private async Task CommitAsync()
    {
        if (!instance.HasPending)
        {
            return;
        }

        var started = options.Time.GetTimestamp();
        Commit? commit = null;
        await _retry.RunAsync(async () => commit = await instance.PrepareAsync(abort), "The sink cannot be flushed");
        var shards = default(Analyzers.ShardCounts);
        await _retry.RunAsync(async () => shards = await committer.CommitAsync(commit!, abort), "The store cannot be written");
        _lastCommit = options.Time.GetTimestamp();
        _bytes = 0;
        instance.Accept(shards, options.Time.GetElapsedTime(started, _lastCommit));
        foreach (var progress in commit!.Progress)
        {
            await partitions.First(p => p.Source.Name == progress.Partition).Source.CommittedAsync(progress.Position, abort);
        }
    }

    private async Task WaitAsync()
    {
        var waiting = partitions.Where(p => !p.Ended).Select(p => (Task)p.Read()).ToList();
        if (waiting.Count == 0 || waiting.Exists(w => w.IsCompleted))
        {
            return;
        }

        var patience = instance.HasPending ? options.CommitInterval : IdleCheck;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(abort);
        waiting.Add(Task.Delay(patience, options.Time, timer.Token));
        await Task.WhenAny(waiting);
        await timer.CancelAsync();
        abort.ThrowIfCancellationRequested();
    }

    private async Task WaitForRoomAsync()
    {
        abort.ThrowIfCancellationRequested();
        foreach (var log in targets)
        {
            for (var changed = log.Changed; log.IsFull; changed = log.Changed)
            {
                await changed.WaitAsync(abort);
            }
        }
    }
}
