using System.Globalization;
using Azure.Data.Tables;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;

namespace CloudPump.App.Storage;

/// <summary>Dead letters as rows: what a list shows stands in columns, the event beside it, or in a blob when it is large.</summary>
internal sealed class LetterRows(IBlobs blobs)
{
    /// <summary>The columns of a list.</summary>
    public static readonly string[] Listed = ["PartitionKey", "RowKey", "Processor", "Step", "Reason", "EventId", "Time", "Number", Blob];

    private const string Blob = "Blob";

    // 90 rows of a transaction, as Base64 with their keys and reasons, must stay below 4 MiB.
    private const int LargestInline = 24 << 10;
    private const int LongestReason = 1_000;

    /// <summary>A letter's name derives from the event, the step and its bytes, so that a redelivery writes the same row.</summary>
    public static string IdOf(DeadLetter letter)
    {
        var hash = StableHash.Of([.. letter.Raw ?? [], .. letter.Event ?? []]);
        return string.Create(CultureInfo.InvariantCulture,
            $"{StorageKey.Of($"{letter.Id.Stream}/{letter.Id.Partition}")}:{letter.Id.Offset:D19}:{letter.Id.Index:D6}:{letter.Step}:{hash:x16}");
    }

    public async Task<TableEntity> WriteAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var row = new TableEntity(StorageKey.Of(letter.Pipeline), IdOf(letter))
        {
            ["Processor"] = letter.Processor,
            ["Step"] = letter.Step,
            ["Reason"] = Cut(letter.Reason),
            ["EventId"] = letter.Id.ToString(),
            ["Time"] = letter.Time,
            ["Number"] = 0L,
        };
        var body = Pack(letter);
        if (body.Length <= LargestInline)
        {
            TableBytes.Set(row, "Body", body);
            return row;
        }

        var name = $"{row.PartitionKey}/{row.RowKey}";
        await blobs.PutAsync(BlobContainers.DeadLetters, name, body, cancellationToken);
        row[Blob] = name;
        return row;
    }

    /// <summary>A row as a letter, without its event.</summary>
    public static KeptLetter Read(string pipeline, TableEntity row) => new(
        row.RowKey,
        new DeadLetter(
            pipeline, row.GetString("Processor"), row.GetInt32("Step") ?? 0, row.GetString("Reason"), EventId.Parse(row.GetString("EventId")), row.GetDateTimeOffset("Time") ?? default, null, null),
        row.GetString(Blob) ?? "",
        row.GetInt64("Number") ?? 0,
        row.ETag.ToString());

    /// <summary>A row as a letter, whole; null when its blob is gone.</summary>
    public async Task<KeptLetter?> ReadWholeAsync(string pipeline, TableEntity row, CancellationToken cancellationToken)
    {
        var kept = Read(pipeline, row);
        var body = kept.Place.Length > 0 ? await blobs.GetAsync(BlobContainers.DeadLetters, kept.Place, cancellationToken) : TableBytes.Get(row, "Body");
        return body is { } bytes ? kept with { Letter = Unpack(kept.Letter, bytes.Span) } : null;
    }

    // Services explain at length, and there is one explanation for each event.
    private static string Cut(string reason) =>
        reason.Length <= LongestReason ? reason : reason[..(char.IsHighSurrogate(reason[LongestReason - 1]) ? LongestReason - 1 : LongestReason)];

    private static byte[] Pack(DeadLetter letter)
    {
        var output = new ByteBuffer(1024);
        output.WriteByte((byte)((letter.Raw is null ? 0 : 1) | (letter.Event is null ? 0 : 2)));
        output.WriteBlob(letter.Raw ?? []);
        output.WriteBlob(letter.Event ?? []);
        return output.Written.ToArray();
    }

    private static DeadLetter Unpack(DeadLetter letter, ReadOnlySpan<byte> body)
    {
        var input = new ByteReader(body);
        var has = input.Byte();
        var (raw, block) = (input.Blob().ToArray(), input.Blob().ToArray());
        return letter with { Raw = (has & 1) != 0 ? raw : null, Event = (has & 2) != 0 ? block : null };
    }
}
