using CloudPump.Analyzers;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>Writes one commit inside the running transaction: positions, output reference, routes, dead letters, pieces and what they make due, all or nothing.</summary>
internal sealed class CommitWriter : IDisposable
{
    private readonly StreamLogs _logs;
    private readonly ShardStore _shards;
    private readonly TableStore _tables;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retention;
    private readonly Statement _saveProgress;
    private readonly Statement _saveOutput;
    private readonly Statement _insertDeadLetter;
    private readonly Statement _deleteReplayed;
    private readonly Dictionary<StreamLog, LogAppend> _appends = [];

    public CommitWriter(StoreDatabase database, StreamLogs logs, ShardStore shards, TimeProvider time, TimeSpan retention)
    {
        (_logs, _shards, _time, _retention) = (logs, shards, time, retention);
        _tables = new TableStore(database);
        var writer = database.Writer;
        _saveProgress = new Statement(writer, "INSERT INTO progress(pipeline, partition, body) VALUES($1, $2, $3) ON CONFLICT DO UPDATE SET body = excluded.body");
        _saveOutput = new Statement(writer, "INSERT INTO output(pipeline, reference) VALUES($1, $2) ON CONFLICT DO UPDATE SET reference = excluded.reference");
        _insertDeadLetter = new Statement(writer,
            "INSERT INTO dead_letter(pipeline, processor, step, reason, event_id, time, raw, event) VALUES($1, $2, $3, $4, $5, $6, $7, $8)");
        _deleteReplayed = new Statement(writer, "DELETE FROM dead_letter WHERE pipeline = $1 AND id IN (SELECT letter FROM replay WHERE number < $2)");
    }

    /// <summary>Makes the logs that a commit writes to, before the transaction begins: what a rollback undoes must not be remembered.</summary>
    public void Prepare(Commit commit)
    {
        foreach (var outgoing in commit.Outgoing)
        {
            _ = Targets(outgoing).Count();
        }

        foreach (var analyzer in commit.Watermarks.Select(w => w.Analyzer).Concat(commit.Silent.Select(s => s.Analyzer)).Concat(commit.Pieces.Select(p => p.Analyzer)).Distinct(StringComparer.Ordinal))
        {
            var stream = _shards.TargetOf(analyzer);
            for (var partition = _logs.PartitionsOf(stream, _shards.TargetPartitions(analyzer)) - 1; partition >= 0; partition--)
            {
                _ = _logs.OfStream(stream, partition);
            }
        }
    }

    /// <summary>Writes the commit; returns what the shards could not treat as it was meant.</summary>
    public ShardCounts Write(Commit commit)
    {
        foreach (var outgoing in commit.Outgoing)
        {
            foreach (var log in Targets(outgoing))
            {
                Append(log, outgoing.Count, outgoing.Block);
            }
        }

        foreach (var letter in commit.DeadLetters)
        {
            _insertDeadLetter.Run(letter.Pipeline, letter.Processor, letter.Step, letter.Reason, letter.Id.ToString(), letter.Time.UtcTicks, letter.Raw, letter.Event);
        }

        _tables.Write(commit.Tables);
        foreach (var progress in commit.Progress)
        {
            Save(commit.Pipeline, progress);
        }

        if (commit.SinkReference is { } reference)
        {
            _saveOutput.Run(commit.Pipeline, reference);
        }

        return _shards.Apply(commit, Emit);
    }

    /// <summary>Makes the appends known, after the transaction has been committed.</summary>
    public void Publish(IEnumerable<Commit> commits)
    {
        foreach (var append in _appends.Values)
        {
            append.Log.Appended(append.Next, append.Bytes);
        }

        _appends.Clear();
        foreach (var (pipeline, progress) in commits.SelectMany(c => c.Progress.Select(p => (c.Pipeline, p))))
        {
            _logs.Find(progress.Partition)?.Consumed(pipeline, progress.Position);
        }
    }

    /// <summary>Forgets the appends of a transaction that failed.</summary>
    public void Forget()
    {
        _appends.Clear();
        _shards.Forget();
    }

    /// <summary>Appends the results of a shard to the stream that they go to, inside the running transaction.</summary>
    public void Emit(string analyzer, int shard, ResultBatch results)
    {
        var log = ResultLog(analyzer, shard);
        results.ToBlocks((count, block) => Append(log, count, block));
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _saveProgress, _saveOutput, _insertDeadLetter, _deleteReplayed })
        {
            statement.Dispose();
        }
    }

    private IEnumerable<StreamLog> Targets(Outgoing outgoing) => outgoing.Kind == OutletKind.Topic
        ? _logs.Matching(PipelineStreams.RoutesTopic, outgoing.Target)
        : [_logs.OfStream(outgoing.Target, outgoing.Partition)];

    private StreamLog ResultLog(string analyzer, int shard)
    {
        var stream = _shards.TargetOf(analyzer);
        return _logs.OfStream(stream, shard % _logs.PartitionsOf(stream, _shards.TargetPartitions(analyzer)));
    }

    private void Append(StreamLog log, int count, ReadOnlySpan<byte> block)
    {
        var before = _appends.GetValueOrDefault(log);
        var append = _logs.Append(log, before.Log is null ? log.Next : before.Next, count, block);
        _appends[log] = append with { Bytes = append.Bytes + before.Bytes };
    }

    private void Save(string pipeline, PartitionProgress progress)
    {
        _saveProgress.Run(pipeline, progress.Partition, progress.Save());
        if (progress.Partition.StartsWith(ReplayPartition.Prefix, StringComparison.Ordinal))
        {
            _deleteReplayed.Run(pipeline, progress.Position);
        }
        else if (_logs.Find(progress.Partition) is { } log)
        {
            // A subscription has one consumer, so what it has taken is gone; streams can be read again until their retention is over.
            var isTopic = log.Name.StartsWith("topic/", StringComparison.Ordinal);
            _logs.Trim(log, log.Slowest(pipeline, progress.Position), isTopic ? long.MaxValue : (_time.GetUtcNow() - _retention).UtcTicks);
        }
    }
}
