using CloudPump.Analyzers;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// One shard's part of the sweep: it tidies up, publishes what waits, applies what is missing, and takes over the watermarks of the progress rows. It is done with a
/// progress when there is nothing left of any of these.
/// </summary>
internal sealed class ShardSweep(ShardRun run, AnalyzerCatalog catalog, InvocationPorts ports)
{
    private readonly ShardAddress _address = run.Address;

    public async Task<ShardChange> RunAsync(DurableShard shard, KnownAnalyzer known, ShardProgress progress, CancellationToken cancellationToken)
    {
        await TidyAsync(progress, cancellationToken);
        var published = await run.PublishAsync(shard, cancellationToken) == ShardChange.Changed;
        if (catalog.IsGone(known))
        {
            return await RetireAsync(shard, progress, published, cancellationToken);
        }

        if (shard.Retired)
        {
            shard.Revive();
            run.Expect(shard);
        }

        var applied = await MoveAsync(shard, progress, cancellationToken);
        if (run.IsDurable && !applied && !published && !shard.HasPending)
        {
            await ports.Analyzers.SetDueAsync(_address.Analyzer, _address.Shard, new ShardDue(progress.Fingerprint), cancellationToken);
        }

        return ShardChange.Changed;
    }

    private async Task TidyAsync(ShardProgress progress, CancellationToken cancellationToken)
    {
        var durable = run.DurableHead();
        foreach (var partition in progress.Partitions.Where(p => durable.NextPiece(p.Name) > 1))
        {
            await ports.Progress.DeletePiecesAsync(_address.Pipeline, partition.Name, _address.Analyzer, _address.Shard, durable.NextPiece(partition.Name) - 1, cancellationToken);
        }
    }

    // Returns whether anything was applied.
    private async Task<bool> MoveAsync(DurableShard shard, ShardProgress progress, CancellationToken cancellationToken)
    {
        var applied = false;
        shard.Retain(progress.Partitions.Select(p => p.Name).ToHashSet(StringComparer.Ordinal));
        foreach (var partition in progress.Partitions)
        {
            if (shard.NextPiece(partition.Name) <= partition.Number)
            {
                applied |= await run.CatchUpAsync(shard, partition.Name, cancellationToken);
            }

            Move(shard, partition);
        }

        run.Close(shard);
        return applied;
    }

    private static void Move(DurableShard shard, ShardProgress.Partition partition)
    {
        if (!shard.Knows(partition.Name) && !PartitionNames.HasNoTime(partition.Name))
        {
            shard.AddPartition(partition.Name);
        }

        // The watermark holds only once all pieces before it are applied.
        if (shard.NextPiece(partition.Name) <= partition.Number)
        {
            return;
        }

        if (partition.Mark != AnalyzerStep.NoTime)
        {
            shard.Move(partition.Name, partition.Mark);
        }

        if (partition.Idle)
        {
            shard.Silence(partition.Name);
        }
    }

    private async Task<ShardChange> RetireAsync(DurableShard shard, ShardProgress progress, bool published, CancellationToken cancellationToken)
    {
        if (shard.Retired)
        {
            if (run.IsDurable && !published)
            {
                await ports.Analyzers.SetDueAsync(_address.Analyzer, _address.Shard, new ShardDue(progress.Fingerprint, Gone: true), cancellationToken);
            }

            return ShardChange.Changed;
        }

        foreach (var partition in progress.Partitions)
        {
            await run.CatchUpAsync(shard, partition.Name, cancellationToken);
        }

        await shard.RetireAsync(cancellationToken);
        return ShardChange.Changed;
    }
}
