using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Hosting.Shards;

/// <summary>A shard as a durable entity holds it: loaded from its record, changed by pieces and watermarks, and saved into a record again.</summary>
internal sealed class DurableShard
{
    // Three such parts and a head, as base64, stay below 800 KB.
    private const int LargestInline = 128 << 10;
    private readonly ShardAddress _address;
    private readonly AnalyzerDefinition _definition;
    private readonly IBlobs _blobs;
    private readonly TimeProvider _time;
    private readonly ShardRecord _record;
    private readonly List<string> _discarded = [];
    private AnalyzerShard _shard;

    private DurableShard(ShardAddress address, AnalyzerDefinition definition, IBlobs blobs, TimeProvider time, ShardRecord record)
    {
        (_address, _definition, _blobs, _time, _record) = (address, definition, blobs, time, record);
        _shard = new AnalyzerShard(definition.CreateShard());
    }

    /// <summary>Whether results wait to be published.</summary>
    public bool HasPending => _record.Pending.Count > 0;

    /// <summary>Whether its generation has ended.</summary>
    public bool Retired => _record.Retired;

    /// <summary>Loads a shard from its record; a new one when there is none.</summary>
    /// <exception cref="InvalidDataException">The record is damaged or of another version.</exception>
    public static async Task<DurableShard> LoadAsync(
        ShardAddress address, AnalyzerDefinition definition, byte[]? saved, IBlobs blobs, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = saved is null ? new ShardRecord() : ShardRecord.Load(saved);
        var shard = new DurableShard(address, definition, blobs, time, record);
        if (saved is not null)
        {
            await shard.RestoreAsync(cancellationToken);
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
        _record.Log.Add(new LoggedPiece(piece.Partition, piece.Number, piece.Mark, closings, piece.Body));
        return late;
    }

    /// <summary>Leaves a piece out that cannot be read.</summary>
    public async Task SkipAsync(AnalyzerPiece piece, CancellationToken cancellationToken)
    {
        _shard.Skip(piece.Partition, piece.Number, piece.Mark);
        _record.LackingUpTo = Math.Max(_record.LackingUpTo, piece.Mark == AnalyzerStep.NoTime ? long.MaxValue : piece.Mark + _definition.Lateness.Ticks);

        // What was left out cannot be replayed from the log: the state is saved as it is now.
        await SnapshotAsync(cancellationToken);
    }

    /// <summary>Closes what the watermarks have passed; its results wait to be published. Returns how many keys were closed early.</summary>
    public long Close()
    {
        _shard.Close(new Origin("analyzer:" + _address.Analyzer, _address.Shard), _time, Take);
        return _shard.TakeClosedEarly();
    }

    /// <summary>Closes everything for ever: the generation is gone from the pipelines. Its results say that they may lack something.</summary>
    public void Retire()
    {
        _record.LackingUpTo = long.MaxValue;
        _shard.Retain(new HashSet<string>(StringComparer.Ordinal));
        Close();
        _record.Retired = true;
    }

    /// <summary>Forgets everything that is open; numbers and watermarks stay, so that pieces and results go on as they were.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var head = new ByteBuffer(1024);
        _shard.SaveHead(head);
        _shard = new AnalyzerShard(_definition.CreateShard());
        _shard.CatchUp(head.Written, _time);

        // The pieces to come go on from these numbers.
        await SnapshotAsync(cancellationToken);
    }

    /// <summary>Hands out what the shard holds, when its kind can be looked at.</summary>
    public bool TryRead(Action<ResultBatch> take) => _shard.TryRead(new Origin("analyzer:" + _address.Analyzer, _address.Shard), _time, take);

    /// <summary>Sends the results that wait, in order. They must be durable in a saved record by then.</summary>
    public async Task PublishAsync(IParcelSender sender, CancellationToken cancellationToken)
    {
        if (!HasPending)
        {
            return;
        }

        var blocks = _record.Pending.Select(p => new ParcelBlock([.. Enumerable.Range(0, p.Count).Select(i => new PositionRun(p.First + i, 1))], p.Block));
        var from = $"{_address.Analyzer}/{_address.Shard}";
        var partition = _address.Shard % _definition.ResultPartitions;
        var parcels = blocks.Chunk(16).Select(b => new Consignment(OutletKind.Stream, _definition.ResultStream, partition, "results", new Parcel(from, new Hop("results", Ordered: true), b)));
        await sender.SendAsync([.. parcels], cancellationToken);
        _record.Pending.Clear();
        Discard(_record.PendingBlob);
        _record.PendingBlob = "";
    }

    /// <summary>Saves the shard. The bytes stay below what an entity's state should have; what is larger goes into blobs.</summary>
    public async Task<byte[]> SaveAsync(CancellationToken cancellationToken)
    {
        _record.Saves++;
        await SpillLogAsync(cancellationToken);
        if (_record.PendingBlob.Length == 0 && _record.Pending.Sum(p => p.Block.Length) > LargestInline)
        {
            var results = new ByteBuffer(LargestInline);
            ShardRecord.WriteResults(results, _record.Pending);
            _record.PendingBlob = await PutAsync("results", results, cancellationToken);
        }

        await CollectGarbageAsync(cancellationToken);
        var head = new ByteBuffer(1024);
        _shard.SaveHead(head);
        _record.Head = head.Written.ToArray();
        return _record.Save();
    }

    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var snapshot = _record.SnapshotBlob.Length == 0 ? _record.Snapshot : await GetAsync(_record.SnapshotBlob, cancellationToken);
        if (snapshot.Length > 0)
        {
            _shard.Load(snapshot.Span);
        }

        foreach (var blob in _record.LogBlobs)
        {
            Replay(ReadLog((await GetAsync(blob, cancellationToken)).Span));
        }

        Replay(_record.Log);
        _shard.CatchUp(_record.Head, _time);
        if (_record.PendingBlob.Length > 0)
        {
            _record.Pending.AddRange(ReadResults((await GetAsync(_record.PendingBlob, cancellationToken)).Span));
        }
    }

    private void Replay(List<LoggedPiece> log) => log.ForEach(p => _shard.Replay(p.Partition, p.Number, p.Mark, p.Body, p.Closings, _time));

    private static List<LoggedPiece> ReadLog(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        return ShardRecord.ReadLog(ref input);
    }

    private static List<PendingResults> ReadResults(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        return ShardRecord.ReadResults(ref input);
    }

    private void Take(ResultBatch results)
    {
        if (_record.LackingUpTo != long.MinValue)
        {
            MarkLacking(results);
        }

        // Results that wait in a blob are joined by new ones: they are written anew together.
        Discard(_record.PendingBlob);
        _record.PendingBlob = "";
        var first = results.Next - results.Count;
        results.ToBlocks((count, block) =>
        {
            _record.Pending.Add(new PendingResults(first, count, block.ToArray()));
            first += count;
        });
    }

    private void MarkLacking(ResultBatch results)
    {
        var start = results.Events.Fields.Id("window_start");
        foreach (var row in results.Events.Rows)
        {
            // What began after the missing piece ended lacks nothing of it.
            if (results.Events.Get(row, start) is not { Kind: FieldKind.Timestamp } time || time.Value <= _record.LackingUpTo)
            {
                results.MarkPartial(row);
            }
        }
    }

    // As on one machine: once the pieces outweigh the state, the state is written anew and they go, so each byte is rewritten a bounded number of times.
    private async Task SpillLogAsync(CancellationToken cancellationToken)
    {
        var inline = _record.Log.Sum(p => (long)p.Body.Length + p.Partition.Length + 32);
        if (inline <= LargestInline)
        {
            return;
        }

        if (_record.LogBytes + inline > 2 * _record.SnapshotBytes)
        {
            await SnapshotAsync(cancellationToken);
            return;
        }

        var log = new ByteBuffer((int)inline);
        ShardRecord.WriteLog(log, _record.Log);
        _record.LogBlobs.Add(await PutAsync("log", log, cancellationToken));
        _record.LogBytes += inline;
        _record.Log.Clear();
    }

    private async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        var output = new ByteBuffer(64 << 10);
        _shard.Save(output);
        ForgetState();
        _record.SnapshotBytes = output.Length;
        _record.SnapshotBlob = output.Length > LargestInline ? await PutAsync("state", output, cancellationToken) : "";
        _record.Snapshot = _record.SnapshotBlob.Length > 0 ? [] : output.Written.ToArray();
    }

    private void ForgetState()
    {
        Discard(_record.SnapshotBlob);
        _record.LogBlobs.ForEach(Discard);
        _record.LogBlobs.Clear();
        _record.Log.Clear();
        (_record.Snapshot, _record.SnapshotBlob, _record.SnapshotBytes, _record.LogBytes) = ([], "", 0, 0);
    }

    // What was garbage in the record that was loaded is so durably; what became so since then is still referred to until this record is written.
    private async Task CollectGarbageAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _record.Garbage)
        {
            await _blobs.DeleteAsync(BlobContainers.State, name, cancellationToken);
        }

        _record.Garbage.Clear();
        _record.Garbage.AddRange(_discarded);
        _discarded.Clear();
    }

    private async Task<string> PutAsync(string kind, ByteBuffer bytes, CancellationToken cancellationToken)
    {
        var name = $"{_address.Key}/{kind}-{_record.Saves}";
        await _blobs.PutAsync(BlobContainers.State, name, bytes.Written.ToArray(), cancellationToken);
        return name;
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken) =>
        await _blobs.GetAsync(BlobContainers.State, name, cancellationToken)
        ?? throw new InvalidDataException($"The blob '{name}' in '{BlobContainers.State}', which holds a part of a shard, is gone.");

    private void Discard(string blob)
    {
        if (blob.Length > 0)
        {
            _discarded.Add(blob);
        }
    }
}
