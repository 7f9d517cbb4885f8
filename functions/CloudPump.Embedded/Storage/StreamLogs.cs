using System.Globalization;

namespace CloudPump.Embedded.Storage;

/// <summary>The streams and the topics' subscriptions of a store. Appending happens inside the committer's transaction.</summary>
internal sealed class StreamLogs : IDisposable
{
    private readonly Lock _lock;
    private readonly Dictionary<string, StreamLog> _logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _streams = new(StringComparer.Ordinal);
    private readonly List<(string Topic, string Name, string Filter)> _subscriptions = [];
    private readonly Statement _insertLog;
    private readonly Statement _lastId;
    private readonly Statement _insertStream;
    private readonly Statement _insertSubscription;
    private readonly Statement _insertBlock;
    private readonly Statement _moveNext;
    private readonly Statement _trim;
    private readonly TimeProvider _time;
    private readonly long _mostBacklog;

    public StreamLogs(StoreDatabase database, TimeProvider time, long mostBacklog)
    {
        var writer = database.Writer;
        (_time, _mostBacklog) = (time, mostBacklog);
        _lock = database.WriteLock;
        _insertLog = new Statement(writer, "INSERT INTO log(name, next) VALUES($1, 0)");
        _lastId = new Statement(writer, "SELECT last_insert_rowid()");
        _insertStream = new Statement(writer, "INSERT INTO stream(name, partitions) VALUES($1, $2)");
        _insertSubscription = new Statement(writer, "INSERT INTO subscription(topic, name, filter) VALUES($1, $2, $3)");
        _insertBlock = new Statement(writer, "INSERT INTO block(id, count, time, body) VALUES($1, $2, $3, $4)");
        _moveNext = new Statement(writer, "UPDATE log SET next = $2 WHERE id = $1");
        _trim = new Statement(writer, """
            DELETE FROM block WHERE id >= $1 AND id < coalesce(
                (SELECT id FROM block WHERE id >= $1 AND id < $2 AND (time > $3 OR id + count > $2) ORDER BY id LIMIT 1), $2)
            """);
        Load(database);
    }

    /// <summary>How many partitions a stream has; a new one gets <paramref name="wanted"/>.</summary>
    public int PartitionsOf(string stream, int wanted)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(stream, out var partitions))
            {
                partitions = Math.Max(1, wanted);
                _insertStream.Run(stream, partitions);
                _streams.Add(stream, partitions);
            }

            return partitions;
        }
    }

    /// <summary>The log of a stream's partition.</summary>
    public StreamLog OfStream(string stream, int partition) => Get(string.Create(CultureInfo.InvariantCulture, $"stream/{stream}/{partition}"));

    /// <summary>The log of a topic's subscription, which is made when it is new: it gets what is published under the filter from then on.</summary>
    public StreamLog Subscribe(string topic, string name, string filter)
    {
        lock (_lock)
        {
            if (!_subscriptions.Exists(s => s.Topic == topic && s.Name == name))
            {
                _insertSubscription.Run(topic, name, filter);
                _subscriptions.Add((topic, name, filter));
            }
        }

        return OfSubscription(topic, name);
    }

    /// <summary>The logs of the subscriptions that a message with this property goes to.</summary>
    public IEnumerable<StreamLog> Matching(string topic, string property)
    {
        List<(string Topic, string Name, string Filter)> matching;
        lock (_lock)
        {
            matching = _subscriptions.FindAll(s => s.Topic == topic && (s.Filter.Length == 0 || s.Filter == property));
        }

        return matching.Select(s => OfSubscription(topic, s.Name));
    }

    /// <summary>Appends a block inside the running transaction; returns what the log will be once it is committed.</summary>
    public LogAppend Append(StreamLog log, long next, int count, ReadOnlySpan<byte> block)
    {
        _insertBlock.RunWithBlob(block, log.RowId(next), count, _time.GetUtcNow().Ticks);
        _moveNext.Run(log.Id, next + count);
        return new LogAppend(log, next + count, block.Length);
    }

    /// <summary>Deletes whole blocks before a position that are older than a time. It looks no further than the first block that stays: they are many.</summary>
    public void Trim(StreamLog log, long position, long before) => _trim.Run(log.RowId(0), log.RowId(position), before);

    /// <summary>The log of this name, or null.</summary>
    public StreamLog? Find(string name)
    {
        lock (_lock)
        {
            return _logs.GetValueOrDefault(name);
        }
    }

    /// <summary>The log of this name, made when it is new.</summary>
    public StreamLog Get(string name)
    {
        lock (_lock)
        {
            if (!_logs.TryGetValue(name, out var log))
            {
                _insertLog.Run(name);
                log = new StreamLog((long)_lastId.Scalar()!, name, 0, _mostBacklog);
                _logs.Add(name, log);
            }

            return log;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insertLog, _lastId, _insertStream, _insertSubscription, _insertBlock, _moveNext, _trim })
        {
            statement.Dispose();
        }
    }

    private StreamLog OfSubscription(string topic, string name) => Get($"topic/{topic}/{name}");

    private void Load(StoreDatabase database)
    {
        using var logs = new Statement(database.Writer, "SELECT id, name, next FROM log");
        using (var rows = logs.Query())
        {
            while (rows.Read())
            {
                _logs.Add(rows.GetString(1), new StreamLog(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), _mostBacklog));
            }
        }

        using var streams = new Statement(database.Writer, "SELECT name, partitions FROM stream");
        using (var rows = streams.Query())
        {
            while (rows.Read())
            {
                _streams.Add(rows.GetString(0), rows.GetInt32(1));
            }
        }

        using var subscriptions = new Statement(database.Writer, "SELECT topic, name, filter FROM subscription");
        using var found = subscriptions.Query();
        while (found.Read())
        {
            _subscriptions.Add((found.GetString(0), found.GetString(1), found.GetString(2)));
        }
    }
}
