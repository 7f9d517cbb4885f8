using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Hosting.Shards;

/// <summary>A shard as a durable entity holds it: loaded from its record, changed by pieces and watermarks, and saved into a record again.</summary>
internal sealed class DurableShard
{
    private readonly ShardAddress _address;
    private readonly AnalyzerDefinition _definition;
    private readonly TimeProvider _time;
    private readonly ShardRecord _record;
    private readonly ShardBlobs _blobs;
    private readonly ShardHistory _history;
    private readonly ResultOutbox _results;
    private AnalyzerShard _shard;

    private DurableShard(ShardAddress address, AnalyzerDefinition definition, IBlobs blobs, InvocationOptions options, ShardRecord record)
    {
        (_address, _definition, _time, _record) = (address, definition, options.Time, record);
        _blobs = new ShardBlobs(address, blobs, record);
        _history = new ShardHistory(record, _blobs, options);
        _results = new ResultOutbox(address, definition, record, _blobs, options);
        _shard = new AnalyzerShard(definition.CreateShard());
    }

    /// <summary>Whether results wait to be published.</summary>
    public bool HasPending => _results.HasPending;

    /// <summary>Whether its generation has ended.</summary>
    public bool Retired => _record.Retired;

    private Origin Origin => new("analyzer:" + _address.Analyzer, _address.Shard);

    /// <summary>Loads a shard from its record; a new one when there is none.</summary>
    /// <exception cref="InvalidDataException">The record is damaged or of another version.</exception>
    public static async Task<DurableShard> LoadAsync(
        ShardAddress address, AnalyzerDefinition definition, byte[]? saved, IBlobs blobs, InvocationOptions options, CancellationToken cancellationToken)
    {
        var shard = new DurableShard(address, definition, blobs, options, saved is null ? new ShardRecord() : ShardRecord.Load(saved));
        if (saved is not null)
        {
            await shard._history.RestoreAsync(shard._shard, cancellationToken);
            await shard._results.RestoreAsync(cancellationToken);
        }

        return shard;
    }

    /// <summary>The numbers and watermarks of a record, without what the shard holds.</summary>
    public static AnalyzerShard HeadOf(AnalyzerDefinition definition, byte[]? saved, TimeProvider time)
    {
        var shard = new AnalyzerShard(definition.CreateShard());
        if (saved is not null)
        {
            shard.CatchUp(ShardRecord.Load(saved).Head, time);
        }

        return shard;
    }

    /// <summary>The number of the piece that it needs next from a partition.</summary>
    public long NextPiece(string partition) => _shard.NextPiece(partition);

    /// <summary>Whether a partition was made known before.</summary>
    public bool Knows(string partition) => _shard.Knows(partition);

    /// <summary>Makes a partition known.</summary>
    public void AddPartition(string partition) => _shard.AddPartition(partition);

    /// <summary>Notes that only these partitions exist any more.</summary>
    public void Retain(IReadOnlySet<string> partitions) => _shard.Retain(partitions);

    /// <summary>Moves a partition's watermark.</summary>
    public void Move(string partition, long mark) => _shard.Move(partition, mark);

    /// <summary>Notes that a partition is idle.</summary>
    public void Silence(string partition) => _shard.Silence(partition);

    /// <summary>Applies the next piece of a partition; returns how many of its events came too late.</summary>
    /// <exception cref="InvalidDataException">The piece cannot be read; the shard must be loaded again, and the piece left out.</exception>
    public long Apply(AnalyzerPiece piece)
    {
        var closings = _shard.Closings;
        var late = _shard.Apply(piece.Partition, piece.Number, piece.Mark, piece.Body);
        _history.Add(new LoggedPiece(piece.Partition, piece.Number, piece.Mark, closings, piece.Body));
        return late;
    }

    /// <summary>Leaves a piece out that cannot be read.</summary>
    public Task SkipAsync(AnalyzerPiece piece, CancellationToken cancellationToken)
    {
        _shard.Skip(piece.Partition, piece.Number, piece.Mark);
        _record.LackingUpTo = Math.Max(_record.LackingUpTo, piece.Mark == AnalyzerStep.NoTime ? long.MaxValue : piece.Mark + _definition.Lateness.Ticks);

        // What was left out cannot be replayed: the state is saved as it is now.
        return _history.SnapshotAsync(_shard, cancellationToken);
    }

    /// <summary>Closes what the watermarks have passed; its results wait to be published. Returns how many keys were closed early.</summary>
    public long Close()
    {
        _shard.Close(Origin, _time, _results.Add);
        return _shard.TakeClosedEarly();
    }

    /// <summary>
    /// Closes everything: the generation is gone from the pipelines. Its results say that they may lack something. The numbers stay, for the definition may come back.
    /// </summary>
    public Task RetireAsync(CancellationToken cancellationToken)
    {
        _record.LackingUpTo = long.MaxValue;
        _shard.Retain(new HashSet<string>(StringComparer.Ordinal));
        Close();
        _record.Retired = true;
        return ClearAsync(cancellationToken);
    }

    /// <summary>Begins anew, after the last number: the definition has come back.</summary>
    public void Revive() => (_record.Retired, _record.LackingUpTo) = (false, long.MinValue);

    /// <summary>Forgets everything that is open; numbers and watermarks stay, so that pieces and results go on as they were.</summary>
    public Task ClearAsync(CancellationToken cancellationToken)
    {
        var head = new ByteBuffer(1024);
        _shard.SaveHead(head);
        _shard = new AnalyzerShard(_definition.CreateShard());
        _shard.CatchUp(head.Written, _time);
        return _history.SnapshotAsync(_shard, cancellationToken);
    }

    /// <summary>Hands out what the shard holds, when its kind can be looked at.</summary>
    public bool TryRead(Action<ResultBatch> take) => _shard.TryRead(Origin, _time, take);

    /// <summary>Sends the results that wait. They must be durable in a saved record by then.</summary>
    public Task PublishAsync(IParcelSender sender, CancellationToken cancellationToken) => _results.PublishAsync(sender, cancellationToken);

    /// <summary>Saves the shard. The bytes stay below what an entity's state should have; what is larger goes into blobs.</summary>
    /// <param name="wasDurable">Whether the record that it was loaded from is durable.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<byte[]> SaveAsync(bool wasDurable, CancellationToken cancellationToken)
    {
        _record.Saves++;
        await _history.TrimAsync(_shard, cancellationToken);
        await _results.TrimAsync(cancellationToken);
        await _blobs.CollectAsync(wasDurable, cancellationToken);
        var head = new ByteBuffer(1024);
        _shard.SaveHead(head);
        _record.Head = head.Written.ToArray();
        return _record.Save();
    }
}
