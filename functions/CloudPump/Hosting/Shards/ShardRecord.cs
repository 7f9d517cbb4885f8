using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// What a durable entity keeps of a shard. A small head moves with every operation; the state itself is a snapshot (inline when small, a blob when not) and the
/// pieces applied since then; results wait here until they are published, so that a failure in between publishes the same ones again.
/// </summary>
internal sealed class ShardRecord
{
    private const byte Version = 1;

    public byte[] Head { get; set; } = [];

    public byte[] Snapshot { get; set; } = [];

    /// <summary>The blob that holds the snapshot; empty when it is inline.</summary>
    public string SnapshotBlob { get; set; } = "";

    public long SnapshotBytes { get; set; }

    public List<LoggedPiece> Log { get; private set; } = [];

    /// <summary>Blobs that hold the earlier part of the log, in order.</summary>
    public List<string> LogBlobs { get; private set; } = [];

    public long LogBytes { get; set; }

    public List<PendingResults> Pending { get; private set; } = [];

    /// <summary>The blob that holds the results to publish; empty when they are inline.</summary>
    public string PendingBlob { get; set; } = "";

    /// <summary>Blobs that nothing refers to once this record is durable.</summary>
    public List<string> Garbage { get; private set; } = [];

    /// <summary>How often the record was written; names its blobs.</summary>
    public long Saves { get; set; }

    /// <summary>A piece up to this event time could not be read: results that may lack it say so.</summary>
    public long LackingUpTo { get; set; } = long.MinValue;

    /// <summary>The generation is gone from the pipelines: everything was closed.</summary>
    public bool Retired { get; set; }

    public byte[] Save()
    {
        var output = new ByteBuffer(1024);
        output.WriteByte(Version);
        output.WriteSigned(Saves);
        output.WriteSigned(LackingUpTo);
        output.WriteByte((byte)(Retired ? 1 : 0));
        output.WriteBlob(Head);
        output.WriteText(SnapshotBlob);
        output.WriteSigned(SnapshotBytes);
        output.WriteBlob(Snapshot);
        output.WriteSigned(LogBytes);
        WriteNames(output, LogBlobs);
        WriteLog(output, Log);
        output.WriteText(PendingBlob);
        WriteResults(output, PendingBlob.Length == 0 ? Pending : []);
        WriteNames(output, Garbage);
        return output.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The record is damaged or of another version.</exception>
    public static ShardRecord Load(ReadOnlySpan<byte> saved)
    {
        var input = new ByteReader(saved);
        if (input.Byte() != Version)
        {
            throw new InvalidDataException("The shard was written by another version of CloudPump.");
        }

        var record = new ShardRecord { Saves = input.Signed(), LackingUpTo = input.Signed(), Retired = input.Byte() != 0, Head = input.Blob().ToArray() };
        record.SnapshotBlob = input.Text();
        record.SnapshotBytes = input.Signed();
        record.Snapshot = input.Blob().ToArray();
        record.LogBytes = input.Signed();
        record.LogBlobs = ReadNames(ref input);
        record.Log = ReadLog(ref input);
        record.PendingBlob = input.Text();
        record.Pending = ReadResults(ref input);
        record.Garbage = ReadNames(ref input);
        return record;
    }

    public static void WriteLog(ByteBuffer output, List<LoggedPiece> log)
    {
        output.WriteVarint((ulong)log.Count);
        foreach (var piece in log)
        {
            output.WriteText(piece.Partition);
            output.WriteSigned(piece.Number);
            output.WriteSigned(piece.Mark);
            Closings.Write(piece.Closings, output);
            output.WriteBlob(piece.Body);
        }
    }

    public static List<LoggedPiece> ReadLog(ref ByteReader input)
    {
        var log = new List<LoggedPiece>();
        for (var count = input.Items(); count > 0; count--)
        {
            log.Add(new LoggedPiece(input.Text(), input.Signed(), input.Signed(), Closings.Read(ref input), input.Blob().ToArray()));
        }

        return log;
    }

    public static void WriteResults(ByteBuffer output, List<PendingResults> results)
    {
        output.WriteVarint((ulong)results.Count);
        foreach (var (first, count, block) in results)
        {
            output.WriteSigned(first);
            output.WriteVarint((ulong)count);
            output.WriteBlob(block);
        }
    }

    public static List<PendingResults> ReadResults(ref ByteReader input)
    {
        var results = new List<PendingResults>();
        for (var count = input.Items(); count > 0; count--)
        {
            results.Add(new PendingResults(input.Signed(), input.Count(), input.Blob().ToArray()));
        }

        return results;
    }

    private static void WriteNames(ByteBuffer output, List<string> names)
    {
        output.WriteVarint((ulong)names.Count);
        names.ForEach(output.WriteText);
    }

    private static List<string> ReadNames(ref ByteReader input)
    {
        var names = new List<string>();
        for (var count = input.Items(); count > 0; count--)
        {
            names.Add(input.Text());
        }

        return names;
    }
}
