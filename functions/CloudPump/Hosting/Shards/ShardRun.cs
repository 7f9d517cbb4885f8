using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;

namespace CloudPump.Hosting.Shards;

/// <summary>One operation on one shard.</summary>
internal sealed class ShardRun(
    ShardAddress address, AnalyzerKey analyzer, AnalyzerCatalog catalog, HostTopology topology, InvocationPorts ports, InvocationOptions options, Action<string, ShardCounts> count)
{
    private readonly HashSet<(string Partition, long Number)> _unreadable = [];

    /// <summary>The shard.</summary>
    public ShardAddress Address => address;

    /// <summary>The record that is durable.</summary>
    public byte[]? Durable { get; init; }

    /// <summary>Whether it is the one that the operation begins with.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Loads the shard; a new one knows the partitions that must exist, and they hold its time back.</summary>
    public async Task<DurableShard> LoadAsync(byte[]? saved, CancellationToken cancellationToken)
    {
        var shard = await DurableShard.LoadAsync(address, analyzer.Definition, saved, ports.Blobs, options, cancellationToken);
        if (saved is null)
        {
            Expect(shard);
        }

        return shard;
    }

    /// <summary>Makes the partitions known that must exist.</summary>
    public void Expect(DurableShard shard)
    {
        foreach (var partition in ShardProgress.Expected(address.Pipeline, topology))
        {
            shard.AddPartition(partition);
        }
    }

    /// <summary>
    /// Makes a change. When a piece in it cannot be read, the shard is as it was before, and the change is made again without that piece: it goes to the dead
    /// letters, and the results that may lack it say so.
    /// </summary>
    public async Task<(ShardChange Change, DurableShard Shard)> GuardAsync(
        DurableShard shard, byte[]? saved, Func<DurableShard, Task<ShardChange>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await change(shard), shard);
            }
            catch (UnreadablePieceException e) when (_unreadable.Add((e.Piece.Partition, e.Piece.Number)))
            {
                options.Warn($"{e.Message} It is kept with the dead letters.");
                await ports.DeadLetters.AddAsync([Letter(e)], cancellationToken);
                shard = await LoadAsync(saved, cancellationToken);
            }
        }
    }

    /// <summary>Applies the piece of a signal, after those before it.</summary>
    public async Task<ShardChange> ApplyAsync(DurableShard shard, PieceSignal signal, CancellationToken cancellationToken)
    {
        var next = shard.NextPiece(signal.Partition);
        if (signal.Number < next || shard.Retired)
        {
            return ShardChange.None;
        }

        await PublishFirstAsync(shard, cancellationToken);
        if (signal.Number == next && signal.Body is not null)
        {
            await TakeAsync(shard, new AnalyzerPiece(address.Analyzer, address.Shard, signal.Partition, signal.Number, signal.Mark, signal.Body), cancellationToken);
        }
        else if (!await CatchUpAsync(shard, signal.Partition, cancellationToken))
        {
            return ShardChange.None;
        }

        Close(shard);
        return ShardChange.Changed;
    }

    /// <summary>Works off what the progress rows tell.</summary>
    public async Task<ShardChange> SweepAsync(DurableShard shard, CancellationToken cancellationToken)
    {
        var known = (await ports.Analyzers.ListAsync(address.Pipeline, cancellationToken)).FirstOrDefault(k => k.Key == address.Analyzer);
        if (known is null)
        {
            return ShardChange.None;
        }

        var rows = await ports.Progress.ListAsync(address.Pipeline, cancellationToken);
        var progress = ShardProgress.Of(analyzer, address.Shard, known, rows, ShardProgress.Expected(address.Pipeline, topology), options.Time.GetUtcNow());
        return await new ShardSweep(this, catalog, ports).RunAsync(shard, known, progress, cancellationToken);
    }

    /// <summary>Publishes what waits; in a batch that has changed the shard, what made the change has asked for it again.</summary>
    public async Task<ShardChange> PublishAsync(DurableShard shard, CancellationToken cancellationToken)
    {
        if (!IsDurable || !shard.HasPending)
        {
            return ShardChange.None;
        }

        await shard.PublishAsync(ports.Sender, cancellationToken);
        return ShardChange.Changed;
    }

    /// <summary>Applies the pieces of a partition that lie in the outbox; returns whether there were any.</summary>
    public async Task<bool> CatchUpAsync(DurableShard shard, string partition, CancellationToken cancellationToken)
    {
        var pieces = await ports.Progress.PiecesAsync(address.Pipeline, partition, address.Analyzer, address.Shard, shard.NextPiece(partition), cancellationToken);
        foreach (var piece in pieces)
        {
            await TakeAsync(shard, piece, cancellationToken);
        }

        return pieces.Count > 0;
    }

    // While pieces keep coming, a signal to publish comes after one of them in every batch: then what waits goes out before the piece.
    private async Task PublishFirstAsync(DurableShard shard, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(shard, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            options.Warn($"Results of the shard '{address.Key}' were not published: {e.Message} They will be with the next piece or the sweep.");
        }
    }

    private async Task TakeAsync(DurableShard shard, AnalyzerPiece piece, CancellationToken cancellationToken)
    {
        if (_unreadable.Contains((piece.Partition, piece.Number)))
        {
            await shard.SkipAsync(piece, cancellationToken);
            return;
        }

        try
        {
            count(address.Pipeline, new ShardCounts(shard.Apply(piece), 0));
        }
        catch (InvalidDataException e)
        {
            throw new UnreadablePieceException(piece, e);
        }
    }

    /// <summary>The numbers of pieces that are durably applied.</summary>
    public AnalyzerShard DurableHead() => DurableShard.HeadOf(analyzer.Definition, Durable, options.Time);

    /// <summary>Closes what is due.</summary>
    public void Close(DurableShard shard) => count(address.Pipeline, new ShardCounts(0, shard.Close()));

    private DeadLetter Letter(UnreadablePieceException e) => new(
        address.Pipeline, "analyzer", -1, e.Message, new EventId($"analyzer:{e.Piece.Analyzer}:{e.Piece.Partition}", address.Shard, e.Piece.Number, 0),
        options.Time.GetUtcNow(), e.Piece.Body, null);
}
