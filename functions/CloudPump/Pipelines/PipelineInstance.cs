using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>
/// A running pipeline. One batch's way: the host reads it, <see cref="ProcessAsync"/> takes it through the processors, <see cref="DeliverAsync"/> gives it to
/// the sink; after one or many batches <see cref="PrepareAsync"/> flushes the sink and hands out everything that must be accepted as a whole, and when
/// the host has done so <see cref="Accept"/> makes it count. Used by one thread at a time.
/// </summary>
public sealed class PipelineInstance : IAsyncDisposable
{
    private readonly IProcessor[] _processors;
    private readonly IStatefulProcessor[] _memories;
    private readonly string[] _stepNames;
    private readonly ISink _sink;
    private readonly BuildContext _context;
    private readonly DeadLetterBox _deadLetters;
    private readonly AnalyzerPieces _analyzers;
    private readonly PipelineMetrics? _metrics;
    private readonly SignalSender _signals;
    private readonly List<PartitionState> _partitions = [];
    private readonly List<SilentPartition> _silent = [];
    private Accounting _pending;
    private Accounting _accepted;

    /// <summary>Builds the pipeline: names become slots, expressions delegates.</summary>
    public PipelineInstance(PipelineDefinition definition, ComponentRegistry registry, BuildContext context, PipelineMetrics? metrics = null)
    {
        Definition = definition;
        _context = context;
        _metrics = metrics;
        _processors = [.. definition.Processors.Select(p => p.Build(context))];
        _memories = [.. _processors.OfType<IStatefulProcessor>()];
        _stepNames = [.. definition.Processors.Select(p => registry.Of(p).Name), registry.Of(definition.Sink).Name];
        _sink = definition.Sink.Build(context);
        _signals = new SignalSender(context);
        _deadLetters = new DeadLetterBox(definition.Name, _stepNames, context);
        _analyzers = new AnalyzerPieces(definition, registry, _processors);
    }

    /// <summary>What the pipeline was built from.</summary>
    public PipelineDefinition Definition { get; }

    /// <summary>The keys of its analyzers, in order.</summary>
    public IReadOnlyList<AnalyzerKey> Analyzers => _analyzers.Keys;

    /// <summary>The counts of this run: what is not accepted yet is in flight.</summary>
    public Accounting Accounting => _accepted with { Received = _accepted.Received + _pending.Received, Generated = _accepted.Generated + _pending.Generated };

    /// <summary>The counts of what was accepted; it is what remains when the rest is given up.</summary>
    public Accounting Accepted => _accepted;

    /// <summary>Whether something waits for a commit.</summary>
    public bool HasPending => _silent.Count > 0 || _partitions.Exists(p => p.Moved);

    /// <summary>How many keys and events wait in analyzers for a commit.</summary>
    public long PendingInAnalyzers => _analyzers.Pending;

    /// <summary>The names of the steps: processors in order, then the sink.</summary>
    public IReadOnlyList<string> StepNames => _stepNames;

    /// <summary>An empty batch for this pipeline.</summary>
    public EventBatch CreateBatch() => new(_context.Fields);

    /// <summary>Opens the sink at the last committed reference.</summary>
    public ValueTask OpenSinkAsync(string? committed, CancellationToken cancellationToken) => _sink.OpenAsync(committed, cancellationToken);

    /// <summary>Whether a step remembers something between batches.</summary>
    public bool HasMemory => _memories.Length > 0;

    /// <summary>Gives the steps back what they remembered; called before the first batch.</summary>
    /// <param name="tables">Where it was written.</param>
    /// <param name="ends">By memory, the row from which on rows do not count: null where tables and positions are written as one, so that all count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LoadMemoryAsync(ISharedTables tables, IReadOnlyDictionary<string, long>? ends, CancellationToken cancellationToken)
    {
        foreach (var memory in _memories)
        {
            await memory.LoadAsync(tables, ends is null ? long.MaxValue : ends.GetValueOrDefault(memory.Memory), cancellationToken);
        }
    }

    /// <summary>Makes a source partition known, with its progress row; returns its index for <see cref="EventBatch.Partition"/>.</summary>
    public int AddPartition(SourcePartition partition, PartitionProgress? progress)
    {
        _partitions.Add(new PartitionState(partition, progress));
        _analyzers.AddPartition(partition.Name, progress, partition.HoldsTimeBack);
        return _partitions.Count - 1;
    }

    /// <summary>Takes a batch that was read through the processors.</summary>
    public async ValueTask ProcessAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var rows = batch.RowCount;
        _pending = _pending with { Received = _pending.Received + rows };
        var partition = _partitions[batch.Partition];
        partition.Position = batch.NextOffset;
        partition.Identity = batch.Identity ?? partition.Source.Identity;
        partition.Moved = true;
        if (partition.Source.IsSignals)
        {
            Wake(batch);
        }

        batch.Compact();
        for (var step = partition.Source.EntryStep(batch); step < _processors.Length && batch.Rows.Length > 0; step++)
        {
            await RunStepAsync(batch, step, cancellationToken);
        }

        _pending = _pending with { Generated = _pending.Generated + batch.RowCount - rows - batch.Removed(Removal.Replaced) };
    }

    /// <summary>Runs one processor over the batch.</summary>
    public async ValueTask RunStepAsync(EventBatch batch, int step, CancellationToken cancellationToken)
    {
        batch.Step = step;
        if (_processors[step] is IPreparedProcessor prepared)
        {
            await prepared.PrepareAsync(batch, cancellationToken);
        }

        _processors[step].Process(batch);
        batch.Compact();
    }

    /// <summary>Gives the batch to the sink. May be called again with the same batch when the sink threw.</summary>
    public async ValueTask DeliverAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        batch.Step = _processors.Length;
        if (batch.Rows.Length > 0)
        {
            await _sink.WriteAsync(batch, cancellationToken);
            batch.Compact();
            _signals.Tell(batch);
        }

        _deadLetters.Take(batch);
        _pending = _pending with
        {
            Delivered = _pending.Delivered + batch.Rows.Length,
            Filtered = _pending.Filtered + batch.Removed(Removal.Filtered),
            Moved = _pending.Moved + batch.Removed(Removal.Moved),
            Dead = _pending.Dead + batch.Removed(Removal.Dead),
        };
    }

    /// <summary>Notes that a partition has ended: the next commit says so.</summary>
    public void End(int partition)
    {
        _partitions[partition].Ended = true;
        _partitions[partition].Moved = true;
        foreach (var analyzer in Analyzers)
        {
            Silence(partition, analyzer);
        }
    }

    /// <summary>Notes that a partition has been silent for longer than an analyzer waits.</summary>
    public void Silence(int partition, AnalyzerKey analyzer) => _silent.Add(new SilentPartition(analyzer.Key, _partitions[partition].Source.Name));

    /// <summary>Flushes the sink and collects everything since the last commit.</summary>
    public async ValueTask<Commit> PrepareAsync(CancellationToken cancellationToken)
    {
        var reference = await _sink.FlushAsync(cancellationToken);
        var pieces = new List<AnalyzerPiece>();
        var watermarks = new List<WatermarkMove>();
        var progress = new List<PartitionProgress>();
        for (var p = 0; p < _partitions.Count; p++)
        {
            if (_partitions[p].Moved)
            {
                progress.Add(_partitions[p].Progress(_analyzers.Take(p, pieces, watermarks)) with { Memories = _memories.ToDictionary(m => m.Memory, m => m.MemoryEnd, StringComparer.Ordinal) });
            }
        }

        var outgoing = new List<Outgoing>();
        foreach (var outlet in _context.Outlets)
        {
            outlet.Take(outgoing);
        }

        return new Commit
        {
            Pipeline = Definition.Name,
            Progress = progress,
            Outgoing = outgoing,
            DeadLetters = _deadLetters.TakeAll(),
            Pieces = pieces,
            Watermarks = watermarks,
            Silent = [.. _silent],
            Tables = _context.Writes.Take(),
            SinkReference = reference,
        };
    }

    /// <summary>Counts what the host has durably accepted.</summary>
    /// <param name="shards">What the shards could not treat as it was meant.</param>
    /// <param name="took">How long the commit took.</param>
    public void Accept(ShardCounts shards, TimeSpan took)
    {
        _pending = _pending with { Late = _analyzers.TakeLate() + shards.Late, ClosedEarly = shards.ClosedEarly };
        _metrics?.Record(Definition.Name, _pending, took);
        _accepted += _pending;
        _pending = default;
        _silent.Clear();
        foreach (var partition in _partitions)
        {
            partition.Moved = false;
        }
    }

    // Signals are counted as received and filtered.
    private void Wake(EventBatch batch)
    {
        _analyzers.Wake(batch.Partition);
        foreach (var row in batch.Rows)
        {
            batch.Remove(row, Removal.Filtered);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    private sealed class PartitionState(SourcePartition source, PartitionProgress? progress)
    {
        public SourcePartition Source => source;

        public long Position { get; set; } = progress?.Position ?? 0;

        // Kept beside the position: a position in one file means nothing in another.
        public string Identity { get; set; } = progress?.Identity ?? source.Identity;

        public bool Ended { get; set; }

        public bool Moved { get; set; }

        public PartitionProgress Progress(IReadOnlyDictionary<string, AnalyzerMark> analyzers) =>
            new(source.Name, Position, Identity, Ended, analyzers);
    }
}
