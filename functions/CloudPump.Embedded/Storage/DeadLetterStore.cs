using System.Globalization;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>Lists, shows, queues for replay and purges dead letters.</summary>
internal sealed class DeadLetterStore(StoreDatabase database)
{
    /// <summary>The dead letters, oldest first; of one pipeline when it is named.</summary>
    public IReadOnlyList<StoredDeadLetter> List(string? pipeline, int most)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, """
                SELECT id, pipeline, processor, step, reason, event_id, time, raw, event, id IN (SELECT letter FROM replay) FROM dead_letter
                WHERE $1 IS NULL OR pipeline = $1 ORDER BY id LIMIT $2
                """);
            return Read(read, pipeline, most);
        }
    }

    /// <summary>One dead letter by its number, or null.</summary>
    public StoredDeadLetter? Find(long id)
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer,
                "SELECT id, pipeline, processor, step, reason, event_id, time, raw, event, id IN (SELECT letter FROM replay) FROM dead_letter WHERE id = $1");
            return Read(read, id).FirstOrDefault();
        }
    }

    /// <summary>Queues dead letters for replay: one, those of a pipeline, or all. Returns how many.</summary>
    public int Queue(string? pipeline, long? id) => Change(
        "INSERT OR IGNORE INTO replay(letter) SELECT id FROM dead_letter WHERE ($1 IS NULL OR pipeline = $1) AND ($2 IS NULL OR id = $2) ORDER BY id", pipeline, id);

    /// <summary>Deletes dead letters: one, those of a pipeline, or all. Returns how many.</summary>
    public int Purge(string? pipeline, long? id) => Change("DELETE FROM dead_letter WHERE ($1 IS NULL OR pipeline = $1) AND ($2 IS NULL OR id = $2)", pipeline, id);

    /// <summary>The pipelines that have dead letters to replay.</summary>
    public IReadOnlyList<string> QueuedPipelines()
    {
        lock (database.WriteLock)
        {
            using var read = new Statement(database.Writer, "SELECT DISTINCT pipeline FROM dead_letter WHERE id IN (SELECT letter FROM replay) ORDER BY pipeline");
            using var rows = read.Query();
            var pipelines = new List<string>();
            while (rows.Read())
            {
                pipelines.Add(rows.GetString(0));
            }

            return pipelines;
        }
    }

    private int Change(string sql, string? pipeline, long? id)
    {
        lock (database.WriteLock)
        {
            using var change = new Statement(database.Writer, sql);
            return change.Run(pipeline, id);
        }
    }

    private static List<StoredDeadLetter> Read(Statement read, params ReadOnlySpan<object?> values)
    {
        using var rows = read.Query(values);
        var letters = new List<StoredDeadLetter>();
        while (rows.Read())
        {
            letters.Add(new StoredDeadLetter(
                rows.GetInt64(0),
                new DeadLetter(
                    rows.GetString(1),
                    rows.GetString(2),
                    Convert.ToInt32(rows.GetInt64(3), CultureInfo.InvariantCulture),
                    rows.GetString(4),
                    EventId.Parse(rows.GetString(5)),
                    new DateTimeOffset(rows.GetInt64(6), TimeSpan.Zero),
                    rows.IsDBNull(7) ? null : rows.GetFieldValue<byte[]>(7),
                    rows.IsDBNull(8) ? null : rows.GetFieldValue<byte[]>(8)),
                rows.GetInt64(9) != 0));
        }

        return letters;
    }
}
