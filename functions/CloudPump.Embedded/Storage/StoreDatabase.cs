using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CloudPump.Embedded.Storage;

/// <summary>
/// The SQLite database of a store: write-ahead log, so that readers and the one writer do not wait for each other; pages of 32 KB, since the blocks are large.
/// </summary>
internal sealed class StoreDatabase : IDisposable
{
    private const int SchemaVersion = 3;
    private const string Schema = """
        CREATE TABLE log(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, next INTEGER NOT NULL);
        CREATE TABLE block(id INTEGER PRIMARY KEY, count INTEGER NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE stream(name TEXT PRIMARY KEY, partitions INTEGER NOT NULL);
        CREATE TABLE subscription(topic TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, PRIMARY KEY(topic, name));
        CREATE TABLE progress(pipeline TEXT NOT NULL, partition TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY(pipeline, partition));
        CREATE TABLE output(pipeline TEXT PRIMARY KEY, reference TEXT NOT NULL);
        CREATE TABLE analyzer(key TEXT PRIMARY KEY, definition TEXT NOT NULL);
        CREATE TABLE shard(analyzer TEXT NOT NULL, shard INTEGER NOT NULL, head BLOB NOT NULL, PRIMARY KEY(analyzer, shard));
        CREATE TABLE state(analyzer TEXT NOT NULL, shard INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(analyzer, shard, part));
        CREATE TABLE piece(id INTEGER PRIMARY KEY, analyzer TEXT NOT NULL, shard INTEGER NOT NULL, partition TEXT NOT NULL, number INTEGER NOT NULL,
            mark INTEGER NOT NULL, first_closing INTEGER, largest_closing INTEGER, closed_all INTEGER, body BLOB NOT NULL);
        CREATE INDEX piece_of_shard ON piece(analyzer, shard, id);
        CREATE TABLE dead_letter(id INTEGER PRIMARY KEY AUTOINCREMENT, pipeline TEXT NOT NULL, processor TEXT NOT NULL, step INTEGER NOT NULL,
            reason TEXT NOT NULL, event_id TEXT NOT NULL, time INTEGER NOT NULL, raw BLOB, event BLOB);
        CREATE TABLE replay(number INTEGER PRIMARY KEY AUTOINCREMENT, letter INTEGER NOT NULL UNIQUE REFERENCES dead_letter(id) ON DELETE CASCADE);
        CREATE TABLE entry(name TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY(name, key)) WITHOUT ROWID;
        CREATE TABLE definition(position INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, output TEXT);
        """;

    private readonly string _connectionString;

    /// <summary>Opens the database of a folder, and makes it when it is not there.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="durable">Commits survive a power failure; false for temporary stores.</param>
    /// <exception cref="StoreException">It cannot be opened, or is of another version.</exception>
    public StoreDatabase(string folder, bool durable)
    {
        Path = System.IO.Path.Combine(folder, "cloudpump.db");
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString();
        try
        {
            Writer = Open();
            Execute(Writer, "PRAGMA page_size = 32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = " + (durable ? "FULL" : "OFF"));
            BoundCache(Writer);
            CreateOrCheck();
        }
        catch (SqliteException e)
        {
            Writer?.Dispose();
            throw new StoreException($"The store '{Path}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>The database's file.</summary>
    public string Path { get; }

    /// <summary>Held by whoever uses <see cref="Writer"/>.</summary>
    public Lock WriteLock { get; } = new();

    /// <summary>The one connection that writes.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>A new connection, for reading.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON");
        BoundCache(connection);
        return connection;
    }

    /// <summary>Runs statements without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => Writer.Dispose();

    // SQLite turns kilobytes into pages by the page size that it knows at that moment, which is the default one until the file has been read: the cache would have eight
    // times as much.
    private static void BoundCache(SqliteConnection connection) => Execute(connection, "SELECT count(*) FROM sqlite_master; PRAGMA cache_size = -8000");

    private void CreateOrCheck()
    {
        using var command = Writer.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version == 0)
        {
            Execute(Writer, $"BEGIN IMMEDIATE; {Schema} PRAGMA user_version = {SchemaVersion}; COMMIT");
        }
        else if (version != SchemaVersion)
        {
            Writer.Dispose();
            throw new StoreException($"The store '{Path}' was written by another version of CloudPump (layout {version}, this one writes {SchemaVersion}). Use that version, or a new data folder.");
        }
    }
}
