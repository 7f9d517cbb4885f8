using CloudPump.Embedded.Storage;

namespace CloudPump.Embedded;

/// <summary>What lies in a store beside the streams: dead letters, and the pipeline files that ran with it.</summary>
public sealed class EmbeddedStore
{
    private readonly StoreDatabase _database;
    private readonly DeadLetterStore _deadLetters;

    internal EmbeddedStore(StoreDatabase database)
    {
        _database = database;
        _deadLetters = new DeadLetterStore(database);
    }

    /// <summary>The dead letters, oldest first; of one pipeline when it is named.</summary>
    public IReadOnlyList<StoredDeadLetter> DeadLetters(string? pipeline = null, int most = int.MaxValue) => _deadLetters.List(pipeline, most);

    /// <summary>One dead letter by its number, or null.</summary>
    public StoredDeadLetter? FindDeadLetter(long id) => _deadLetters.Find(id);

    /// <summary>Queues dead letters for replay; the pipeline takes them when it runs. Returns how many.</summary>
    public int Replay(string? pipeline, long? id) => _deadLetters.Queue(pipeline, id);

    /// <summary>Deletes dead letters; returns how many.</summary>
    public int Purge(string? pipeline, long? id) => _deadLetters.Purge(pipeline, id);

    /// <summary>The pipelines that have dead letters to replay.</summary>
    public IReadOnlyList<string> QueuedForReplay() => _deadLetters.QueuedPipelines();

    /// <summary>The pipeline files that ran with this store.</summary>
    public IReadOnlyList<string> Definitions()
    {
        lock (_database.WriteLock)
        {
            using var read = new Statement(_database.Writer, "SELECT path FROM definition ORDER BY path");
            using var rows = read.Query();
            var paths = new List<string>();
            while (rows.Read())
            {
                paths.Add(rows.GetString(0));
            }

            return paths;
        }
    }

    /// <summary>Remembers pipeline files, so that dead letters can be replayed without naming them again.</summary>
    public void RememberDefinitions(IEnumerable<string> paths)
    {
        lock (_database.WriteLock)
        {
            using var write = new Statement(_database.Writer, "INSERT OR IGNORE INTO definition(path) VALUES($1)");
            foreach (var path in paths)
            {
                write.Run(Path.GetFullPath(path));
            }
        }
    }
}
