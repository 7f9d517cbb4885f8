using System.Text;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>
/// The dead letters of a pipeline that are to be replayed, as a source partition of its own: every event resumes at the processor that failed, under its old
/// id, and holds back no analyzer's time.
/// </summary>
internal sealed class ReplayPartition(StoreDatabase database, string pipeline, IReadOnlyList<string> stepNames, EmbeddedOptions options) : SourcePartition
{
    /// <summary>How the names of such partitions begin.</summary>
    public const string Prefix = "replay:";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private readonly Microsoft.Data.Sqlite.SqliteConnection _connection = database.Open();
    private Statement? _read;
    private long _position;
    private int _entryStep;
    private Letter? _next;

    public override string Name => Prefix + pipeline;

    public override Origin Origin => new(Name, 0);

    public override bool HoldsTimeBack => false;

    public override int EntryStep(EventBatch batch) => _entryStep;

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _read = new Statement(_connection, """
            SELECT number, processor, step, event_id, time, raw, event FROM replay JOIN dead_letter ON id = letter
            WHERE pipeline = $1 AND number >= $2 ORDER BY number LIMIT 1
            """);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        while (!TryRead())
        {
            if (!options.Follow)
            {
                return ReadResult.End;
            }

            await Task.Delay(PollInterval, options.Time, cancellationToken);
        }

        return ReadResult.Events;
    }

    public override void Decode(EventBatch batch)
    {
        batch.NextOffset = _position;
        var (id, failed, raw, block) = _next!;
        if (block is null)
        {
            var origin = batch.AddOrigin(new Origin(id.Stream, id.Partition));
            batch.Add(new EventHeader
            {
                Origin = origin,
                Offset = id.Offset,
                Index = id.Index,
                Received = failed,
                RawOffset = batch.Append(raw ?? []),
                RawLength = raw?.Length ?? -1,
            });
            return;
        }

        EventBlockReader.Read(block, batch);
        if (raw is not null)
        {
            batch.RestoreRaw(0, raw);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _read?.Dispose();
        _connection.Dispose();
        return base.DisposeAsync();
    }

    private bool TryRead()
    {
        using var rows = _read!.Query(pipeline, _position);
        if (!rows.Read())
        {
            return false;
        }

        _position = rows.GetInt64(0) + 1;
        var step = rows.GetInt32(2);
        var raw = rows.IsDBNull(5) ? null : rows.GetFieldValue<byte[]>(5);
        var block = rows.IsDBNull(6) ? null : rows.GetFieldValue<byte[]>(6);
        _entryStep = StepOf(rows.GetString(1), step);
        _next = new Letter(EventId.Parse(rows.GetString(3)), rows.GetInt64(4), raw, step <= 0 && raw is not null ? null : block);
        return true;
    }

    // After a fix the processor may stand elsewhere: by index when it is still the same one there, else by name. When it is gone, what stands in its place goes
    // on, so that no step before it comes twice.
    private int StepOf(string processor, int step)
    {
        if (step < 0 || (step < stepNames.Count && stepNames[step] == processor))
        {
            return Math.Max(step, 0);
        }

        for (var i = 0; i < stepNames.Count; i++)
        {
            if (stepNames[i] == processor)
            {
                return i;
            }
        }

        return Math.Min(step, stepNames.Count - 1);
    }

    private sealed record Letter(EventId Id, long Failed, byte[]? Raw, byte[]? Block);
}
