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
    private DeadLetter? _next;

    public override string Name => Prefix + pipeline;

    public override Origin Origin => new(Name, 0);

    public override bool HoldsTimeBack => false;

    public override int EntryStep(EventBatch batch) => ReplayedLetter.EntryStep(_next!, stepNames);

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
        ReplayedLetter.Add(batch, _next!);
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
        _next = new DeadLetter(
            pipeline,
            rows.GetString(1),
            rows.GetInt32(2),
            "",
            EventId.Parse(rows.GetString(3)),
            new DateTimeOffset(rows.GetInt64(4), TimeSpan.Zero),
            rows.IsDBNull(5) ? null : rows.GetFieldValue<byte[]>(5),
            rows.IsDBNull(6) ? null : rows.GetFieldValue<byte[]>(6));
        return true;
    }
}
