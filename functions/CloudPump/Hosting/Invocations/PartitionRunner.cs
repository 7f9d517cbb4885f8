using CloudPump.Events;
using CloudPump.Hosting.Parcels;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>
/// One source partition of a pipeline in the hands of this process. It takes a batch through the pipeline and returns only when sink, routes, dead letters and
/// analyzers have accepted it. Between batches it keeps the progress row in memory, so that in steady state nothing is read. After a failure it knows
/// nothing any more: what it did since the last commit does not count, and the next batch begins with the row.
/// </summary>
/// <param name="definition">The pipeline.</param>
/// <param name="source">The partition.</param>
/// <param name="factory">Builds the pipeline.</param>
/// <param name="ports">The host.</param>
/// <param name="options">How it runs.</param>
/// <param name="seen">What came before from other pipelines, for partitions without a row; runners may share it.</param>
internal sealed class PartitionRunner(
    PipelineDefinition definition, SourcePartition source, PipelineFactory factory, InvocationPorts ports, InvocationOptions options, SeenEvents seen) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private PipelineInstance? _instance;
    private EventBatch? _batch;
    private string? _version;
    private bool _keepsRow;
    private Accounting _done;
    private DateTimeOffset _newest;

    /// <summary>The pipeline.</summary>
    public string Pipeline => definition.Name;

    /// <summary>The partition.</summary>
    public SourcePartition Source => source;

    /// <summary>Where the partition stands: the next position; 0 before the first batch or without a row.</summary>
    public long Position { get; private set; }

    /// <summary>When the transport took the newest message that is done, as far as the row tells.</summary>
    public DateTimeOffset Enqueued { get; private set; }

    /// <summary>What came before from other pipelines.</summary>
    public SeenEvents Seen { get; private set; } = seen;

    /// <summary>Counts since the runner began.</summary>
    public Accounting Accounting => _done + (_instance?.Accounting ?? default);

    /// <summary>Takes the runner for one invocation; dispose of what it returns to give it back.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    /// <summary>Builds the pipeline and reads the row, unless that is done already.</summary>
    /// <param name="keepsRow">The position matters beyond this process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(bool keepsRow, CancellationToken cancellationToken)
    {
        if (_instance is not null)
        {
            return;
        }

        var instance = await factory.CreateAsync(definition, source.Name, cancellationToken);
        try
        {
            _keepsRow = keepsRow || instance.Analyzers.Count > 0 || instance.HasMemory;
            var row = _keepsRow ? await ports.Progress.FindAsync(definition.Name, source.Name, cancellationToken) : null;
            var progress = row?.Progress;
            await source.OpenAsync(progress, cancellationToken);
            progress = progress is null || progress.Identity == source.Identity ? progress : progress.ForAnotherInput(source.Identity);
            instance.AddPartition(source, progress);
            await instance.OpenSinkAsync(null, cancellationToken);
            await instance.LoadMemoryAsync(ports.Tables, progress?.Memories ?? new Dictionary<string, long>(), cancellationToken);
            (_version, Position, Enqueued) = (row?.Version, progress?.Position ?? 0, row?.Enqueued ?? default);
            Seen = _keepsRow ? row?.Seen ?? new SeenEvents() : Seen;
            (_instance, _batch) = (instance, instance.CreateBatch());
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Looks at messages of an ordered transport before they are taken. One that is newer than all that is done and yet has a lower position tells that the stream
    /// was made anew: the partition begins with it. Times are the transport's own, so no clock of ours can mislead.
    /// </summary>
    /// <returns>Whether it must be opened again.</returns>
    public async Task<bool> BeginsAnotherAsync(IReadOnlyList<Received> messages)
    {
        // Not that of the last one: after a failover the transport's times may step back a little.
        _newest = messages.Count > 0 ? messages.Max(m => m.Enqueued) : default;
        if (source is not ReceivedPartition received || Enqueued == default || !messages.Any(m => m.Position < Position && m.Enqueued > Enqueued))
        {
            return false;
        }

        options.Warn($"'{source.Name}' was made anew: its positions begin again, and '{definition.Name}' with them.");
        received.BeginAnother();
        await ForgetAsync();
        return true;
    }

    /// <summary>Fills a batch and takes it all the way.</summary>
    /// <param name="fill">Fills the empty batch; false when there is nothing.</param>
    /// <param name="fresh">What the batch adds to what was seen; asked after it was filled.</param>
    /// <param name="budget">How long it may take.</param>
    /// <param name="cancellationToken">Gives up; nothing of the batch counts then.</param>
    public async Task<bool> RunAsync(Func<EventBatch, ValueTask<bool>> fill, SeenEvents? fresh, TimeBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            _batch!.Clear();
            _batch.Partition = 0;
            if (!await fill(_batch) || _batch.RowCount == 0)
            {
                return false;
            }

            await _instance!.ProcessAsync(_batch, cancellationToken);
            await DeliverAsync(_batch, budget, cancellationToken);
            await CommitAsync(fresh, budget, cancellationToken);
            return true;
        }
        catch
        {
            await ForgetAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ForgetAsync();
        await source.DisposeAsync();
        _turn.Dispose();
    }

    private async Task DeliverAsync(EventBatch batch, TimeBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            await budget.RunAsync(() => _instance!.DeliverAsync(batch, cancellationToken).AsTask(), $"The sink of '{definition.Name}' does not take events", cancellationToken);
        }
        catch (Exception e) when (TimeBudget.IsFailure(e, cancellationToken))
        {
            // A failing sink must not hold the partition for ever, nor may the events be lost: they wait with the dead letters for their replay.
            options.Warn($"The sink of '{definition.Name}' did not take {batch.Rows.Length} event(s) within {options.Budget}; they become dead letters.");
            foreach (var row in batch.Rows)
            {
                batch.Fail(row, $"The sink did not take it in time: {e.Message}");
            }

            batch.Compact();
            await _instance!.DeliverAsync(batch, cancellationToken);
        }
    }

    private async Task CommitAsync(SeenEvents? fresh, TimeBudget budget, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        Commit? commit = null;
        await budget.RunAsync(async () => commit = await _instance!.PrepareAsync(cancellationToken), $"The sink of '{definition.Name}' cannot be flushed", cancellationToken);
        var consignments = Consignment.Of(definition.Name, commit!.Outgoing, options.LargestParcel);
        if (consignments.Count > 0)
        {
            await budget.RunAsync(() => ports.Sender.SendAsync(consignments, cancellationToken), $"What '{definition.Name}' sends is not accepted", cancellationToken);
        }

        if (commit.DeadLetters.Count > 0)
        {
            await budget.RunAsync(() => ports.DeadLetters.AddAsync(commit.DeadLetters, cancellationToken), "Dead letters cannot be kept", cancellationToken);
        }

        if (commit.Tables.Count > 0)
        {
            await budget.RunAsync(() => ports.Tables.SetAsync(commit.Tables, cancellationToken), $"The tables of '{definition.Name}' cannot be written", cancellationToken);
        }

        if (fresh is not null)
        {
            Seen.Add(fresh);
        }

        if (_keepsRow)
        {
            await MoveAsync(commit, budget, cancellationToken);
        }

        _instance!.Accept(default, options.Time.GetElapsedTime(started));
    }

    private async Task MoveAsync(Commit commit, TimeBudget budget, CancellationToken cancellationToken)
    {
        var enqueued = _newest > Enqueued ? _newest : Enqueued;
        var row = new ProgressRow(commit.Progress[0], Seen, options.Time.GetUtcNow(), enqueued, _version);
        await budget.RunAsync(
            async () => _version = await ports.Progress.CommitAsync(definition.Name, row, commit.Pieces, cancellationToken), $"The progress of '{definition.Name}' cannot be written", cancellationToken);
        (Position, Enqueued) = (commit.Progress[0].Position, enqueued);
        await source.CommittedAsync(Position, cancellationToken);
        await Task.WhenAll(commit.Pieces.Select(p => SignalAsync(PieceSignal.Of(p), cancellationToken)));
    }

    private async Task SignalAsync(PieceSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await ports.Signals.ApplyAsync(signal, cancellationToken);
        }
        catch (Exception e)
        {
            // The piece lies in the outbox: the next signal of the shard, or the sweep, brings it there.
            options.Warn($"Shard {signal.Shard} of '{signal.Analyzer}' could not be signalled: {e.Message} The sweep will wake it.");
        }
    }

    private async Task ForgetAsync()
    {
        if (_instance is { } instance)
        {
            _done += instance.Accepted;
            (_instance, _batch) = (null, null);
            await instance.DisposeAsync();
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
