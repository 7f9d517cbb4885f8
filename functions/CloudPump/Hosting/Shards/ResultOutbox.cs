using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Parcels;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// The results of a shard on their way out. They wait in the record until they are published, and are published only from a durable record: a failure in between
/// publishes the very same ones again, and their readers drop the repeats by number.
/// </summary>
internal sealed class ResultOutbox(ShardAddress address, AnalyzerDefinition definition, ShardRecord record, ShardBlobs blobs, InvocationOptions options)
{
    private const int BlocksPerParcel = 16;

    /// <summary>Whether results wait.</summary>
    public bool HasPending => record.Pending.Count > 0;

    /// <summary>Takes results that a shard emits.</summary>
    public void Add(ResultBatch results)
    {
        if (record.LackingUpTo != long.MinValue)
        {
            MarkLacking(results);
        }

        // Results that wait in a blob are joined by new ones: they are written anew together.
        blobs.Discard(record.PendingBlob);
        record.PendingBlob = "";
        var first = results.Next - results.Count;
        results.ToBlocks((count, block) =>
        {
            record.Pending.Add(new PendingResults(first, count, block.ToArray()));
            first += count;
        });
    }

    /// <summary>Fetches the results that wait in a blob.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (record.PendingBlob.Length > 0)
        {
            record.Pending.AddRange(Read((await blobs.GetAsync(record.PendingBlob, cancellationToken)).Span));
        }
    }

    /// <summary>Puts the results that wait into a blob when they are many.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        if (record.PendingBlob.Length == 0 && record.Pending.Sum(p => p.Block.Length) > options.LargestInline)
        {
            var results = new ByteBuffer(options.LargestInline);
            ShardRecord.WriteResults(results, record.Pending);
            record.PendingBlob = await blobs.PutAsync("results", results, cancellationToken);
        }
    }

    /// <summary>Sends the results that wait, in order.</summary>
    public async Task PublishAsync(IParcelSender sender, CancellationToken cancellationToken)
    {
        if (!HasPending)
        {
            return;
        }

        var from = $"{address.Analyzer}/{address.Shard}";
        var parcels = record.Pending.Chunk(BlocksPerParcel).Select(b => new Parcel(from, new Hop("results", Ordered: true), [.. b.Select(Block)]));
        await sender.SendAsync([.. parcels.Select(p => new Consignment(OutletKind.Stream, definition.ResultStream, address.Shard % definition.ResultPartitions, "results", p))], cancellationToken);
        record.Pending.Clear();
        blobs.Discard(record.PendingBlob);
        record.PendingBlob = "";
    }

    private static ParcelBlock Block(PendingResults results) =>
        new([.. Enumerable.Range(0, results.Count).Select(i => new PositionRun(results.First + i, 1))], results.Block);

    private static List<PendingResults> Read(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        return ShardRecord.ReadResults(ref input);
    }

    private void MarkLacking(ResultBatch results)
    {
        var start = results.Events.Fields.Id("window_start");
        foreach (var row in results.Events.Rows)
        {
            // What began after the missing piece ended lacks nothing of it.
            if (results.Events.Get(row, start) is not { Kind: FieldKind.Timestamp } time || time.Value <= record.LackingUpTo)
            {
                results.MarkPartial(row);
            }
        }
    }
}
