using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>A log as a source partition. The position is the number of the next event; events keep the ids they came with.</summary>
internal sealed class LogPartition(StreamLog log, string consumer, StoreDatabase database, bool endsWhenDrained) : SourcePartition
{
    private const int EnoughBytes = 64 << 10;
    private readonly Microsoft.Data.Sqlite.SqliteConnection _connection = database.Open();
    private Statement? _read;
    private long _position;

    public override string Name => log.Name;

    public override bool IsSignals { get; } = log.Name.StartsWith("stream/", StringComparison.Ordinal) && PipelineStreams.IsSignals(log.Name["stream/".Length..]);

    // Signals have no event time.
    public override bool HoldsTimeBack => !IsSignals;

    public override Origin Origin => new(log.Name, 0);

    public override ValueTask OpenAsync(PartitionProgress? progress, CancellationToken cancellationToken)
    {
        _position = progress?.Position ?? 0;
        _read = new Statement(_connection, """
            SELECT id, count, body FROM block WHERE id >= coalesce((SELECT max(id) FROM block WHERE id >= $1 AND id <= $2), $2) AND id < $3 ORDER BY id
            """);
        log.AddConsumer(consumer, _position);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<ReadResult> ReadAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = log.Changed;
            var completed = log.Completed;
            if (_position < log.Next)
            {
                return ReadResult.Events;
            }

            if (completed || endsWhenDrained)
            {
                return ReadResult.End;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public override void Decode(EventBatch batch)
    {
        var next = log.Next;
        using var rows = _read!.Query(log.RowId(0), log.RowId(_position), log.RowId(next));
        while (batch.ArenaLength < EnoughBytes && rows.Read())
        {
            var first = rows.GetInt64(0) - log.RowId(0);
            var count = rows.GetInt32(1);
            if (first + count > _position)
            {
                // Straight from the database's page: the reader copies what it needs into the batch.
                EventBlockReader.Read(SQLitePCL.raw.sqlite3_column_blob(rows.Handle!, 2), batch, (int)Math.Max(0, _position - first));
                _position = first + count;
            }
        }

        // When there is nothing up to there, what the log had is over its retention.
        _position = batch.RowCount > 0 ? _position : next;
        batch.NextOffset = _position;
    }

    public override ValueTask DisposeAsync()
    {
        log.RemoveConsumer(consumer);
        _read?.Dispose();
        _connection.Dispose();
        return base.DisposeAsync();
    }
}
