using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// What a shard's state is restored from: the snapshot, and the pieces applied since then. As on one machine, once the pieces outweigh the state the state is written
/// anew and they go, so that each byte is rewritten a bounded number of times.
/// </summary>
internal sealed class ShardHistory(ShardRecord record, ShardBlobs blobs, InvocationOptions options)
{
    private const int PieceOverhead = 32;

    /// <summary>Adds a piece.</summary>
    public void Add(LoggedPiece piece) => record.Log.Add(piece);

    /// <summary>Restores the state into a new shard.</summary>
    /// <exception cref="InvalidDataException">A part is damaged, of another version, or gone.</exception>
    public async Task RestoreAsync(AnalyzerShard shard, CancellationToken cancellationToken)
    {
        var snapshot = record.SnapshotBlob.Length == 0 ? record.Snapshot : await blobs.GetAsync(record.SnapshotBlob, cancellationToken);
        if (snapshot.Length > 0)
        {
            shard.Load(snapshot.Span);
        }

        foreach (var blob in record.LogBlobs)
        {
            Replay(shard, Read((await blobs.GetAsync(blob, cancellationToken)).Span));
        }

        Replay(shard, record.Log);
        shard.CatchUp(record.Head, options.Time);
    }

    /// <summary>Keeps what lies inline small: the log goes into a blob, or a new snapshot takes its place.</summary>
    public async Task TrimAsync(AnalyzerShard shard, CancellationToken cancellationToken)
    {
        var inline = record.Log.Sum(p => (long)p.Body.Length + p.Partition.Length + PieceOverhead);
        if (inline <= options.LargestInline)
        {
            return;
        }

        if (record.LogBytes + inline > 2 * record.SnapshotBytes)
        {
            await SnapshotAsync(shard, cancellationToken);
            return;
        }

        var log = new ByteBuffer((int)inline);
        ShardRecord.WriteLog(log, record.Log);
        record.LogBlobs.Add(await blobs.PutAsync("log", log, cancellationToken));
        record.LogBytes += inline;
        record.Log.Clear();
    }

    /// <summary>Writes the state as it is; nothing of before is needed any more.</summary>
    public async Task SnapshotAsync(AnalyzerShard shard, CancellationToken cancellationToken)
    {
        var output = new ByteBuffer(64 << 10);
        shard.Save(output);
        blobs.Discard(record.SnapshotBlob);
        record.LogBlobs.ForEach(blobs.Discard);
        record.LogBlobs.Clear();
        record.Log.Clear();
        record.LogBytes = 0;
        record.SnapshotBytes = output.Length;
        record.SnapshotBlob = output.Length > options.LargestInline ? await blobs.PutAsync("state", output, cancellationToken) : "";
        record.Snapshot = record.SnapshotBlob.Length > 0 ? [] : output.Written.ToArray();
    }

    private void Replay(AnalyzerShard shard, List<LoggedPiece> log) => log.ForEach(p => shard.Replay(p.Partition, p.Number, p.Mark, p.Body, p.Closings, options.Time));

    private static List<LoggedPiece> Read(ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        return ShardRecord.ReadLog(ref input);
    }
}
