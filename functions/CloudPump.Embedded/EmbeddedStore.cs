using CloudPump.Analyzers;
using CloudPump.Embedded.Storage;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>What lies in a store beside the streams: dead letters, and the pipeline files that ran with it.</summary>
public sealed class EmbeddedStore : IDisposable
{
    private readonly StoreDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly DeadLetterStore _deadLetters;

    internal EmbeddedStore(StoreDatabase database, bool ownsDatabase)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _deadLetters = new DeadLetterStore(database);
        Tables = new TableStore(database);
    }

    /// <summary>The tables of dynamic lookups and of the memory of processors.</summary>
    public ISharedTables Tables { get; }

    /// <summary>Opens the store of a data folder to look into it, also while a host runs on it.</summary>
    /// <exception cref="StoreException">The folder has no store, or it cannot be opened.</exception>
    public static EmbeddedStore Open(string dataFolder) => File.Exists(Path.Combine(dataFolder, "cloudpump.db"))
        ? new EmbeddedStore(new StoreDatabase(dataFolder, durable: true), ownsDatabase: true)
        : throw new StoreException($"There is no store in '{dataFolder}'. Name the folder that was given to run or serve as --data.");

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

    /// <summary>The pipeline files that ran with this store, and the output that was named on the command line (or null).</summary>
    public IReadOnlyList<(string Path, string? Output)> Definitions()
    {
        lock (_database.WriteLock)
        {
            using var read = new Statement(_database.Writer, "SELECT path, output FROM definition ORDER BY position");
            using var rows = read.Query();
            var definitions = new List<(string, string?)>();
            while (rows.Read())
            {
                definitions.Add((rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1)));
            }

            return definitions;
        }
    }

    /// <summary>Remembers what runs, so that dead letters can be replayed without naming it again.</summary>
    public void RememberDefinitions(IEnumerable<string> paths, string? output)
    {
        lock (_database.WriteLock)
        {
            StoreDatabase.Execute(_database.Writer, "DELETE FROM definition");
            using var write = new Statement(_database.Writer, "INSERT OR IGNORE INTO definition(path, output) VALUES($1, $2)");
            foreach (var path in paths)
            {
                write.Run(Path.GetFullPath(path), output);
            }
        }
    }

    /// <summary>The analyzers whose state lies here, as PIPELINE/NAME, and their definitions.</summary>
    public IReadOnlyList<AnalyzerKey> Analyzers(ComponentRegistry registry)
    {
        lock (_database.WriteLock)
        {
            return StoredAnalyzers.Read(_database, registry);
        }
    }

    /// <summary>Hands out what an analyzer that can be looked at holds, shard by shard; false when it cannot be looked at.</summary>
    public bool TryRead(AnalyzerKey analyzer, Action<ResultBatch> take)
    {
        lock (_database.WriteLock)
        {
            // One transaction, so that a host that runs on the store at the same time does not come between the parts of a shard.
            using var loader = new ShardLoader(_database, TimeProvider.System);
            StoreDatabase.Execute(_database.Writer, "BEGIN");
            try
            {
                return Enumerable.Range(0, analyzer.Definition.Shards)
                    .All(s => loader.Load(analyzer, s).Shard.TryRead(new Origin("analyzer:" + analyzer.Key, s), TimeProvider.System, take));
            }
            finally
            {
                StoreDatabase.Execute(_database.Writer, "COMMIT");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsDatabase)
        {
            _database.Dispose();
        }
    }
}
