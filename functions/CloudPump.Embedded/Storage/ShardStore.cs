using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Embedded.Storage;

/// <summary>
/// The analyzers' shards: in memory while the host runs, on disk as the last saved state, the pieces since then, and a small head that moves with every commit.
/// </summary>
internal sealed class ShardStore : IDisposable
{
    private readonly Dictionary<string, AnalyzerKey> _analyzers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Analyzer, int Shard), LoadedShard> _shards = [];
    private readonly Statement _insertPiece;
    private readonly Statement _saveHead;
    private readonly Statement _insertState;
    private readonly Statement _deleteState;
    private readonly Statement _deletePieces;
    private readonly ShardLoader _loader;
    private readonly TimeProvider _time;
    private readonly int _leastPieces;
    private readonly ByteBuffer _buffer = new();

    /// <summary>Prepares the store.</summary>
    /// <param name="database">The database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="leastPieces">How many bytes of pieces are kept at least before a shard's state is written anew.</param>
    public ShardStore(StoreDatabase database, TimeProvider time, int leastPieces = 1 << 20)
    {
        var writer = database.Writer;
        (_time, _leastPieces) = (time, leastPieces);
        _insertPiece = new Statement(writer, "INSERT INTO piece(analyzer, shard, partition, number, mark, first_closing, largest_closing, closed_all, body) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        _saveHead = new Statement(writer, "INSERT INTO shard(analyzer, shard, head) VALUES($1, $2, $3) ON CONFLICT DO UPDATE SET head = excluded.head");
        _insertState = new Statement(writer, "INSERT INTO state(analyzer, shard, part, body) VALUES($1, $2, $3, $4)");
        _deleteState = new Statement(writer, "DELETE FROM state WHERE analyzer = $1 AND shard = $2");
        _deletePieces = new Statement(writer, "DELETE FROM piece WHERE analyzer = $1 AND shard = $2");
        _loader = new ShardLoader(database, time);
    }

    /// <summary>
    /// Makes an analyzer known, inside the running transaction. The source partitions that it has now hold its time back from the start, others no longer;
    /// null leaves every partition as it is.
    /// </summary>
    public void Open(AnalyzerKey analyzer, IReadOnlySet<string>? partitions)
    {
        _analyzers[analyzer.Key] = analyzer;
        for (var shard = 0; shard < analyzer.Definition.Shards && partitions is not null; shard++)
        {
            var loaded = Get(analyzer.Key, shard);
            loaded.Shard.Retain(partitions);
            foreach (var partition in partitions)
            {
                loaded.Shard.AddPartition(partition);
            }

            Save(analyzer.Key, shard, loaded);
        }
    }

    /// <summary>The stream that an analyzer's results go to.</summary>
    public string TargetOf(string analyzer) => _analyzers[analyzer].Definition.ResultStream;

    /// <summary>How many partitions that stream gets when it is new.</summary>
    public int TargetPartitions(string analyzer) => _analyzers[analyzer].Definition.ResultPartitions;

    /// <summary>
    /// Applies a commit's pieces and watermarks inside the running transaction, and gives the results that become due to <paramref name="emit"/>.
    /// </summary>
    /// <returns>What the shards could not treat as it was meant.</returns>
    public ShardCounts Apply(Commit commit, Action<string, int, ResultBatch> emit)
    {
        var counts = default(ShardCounts);
        foreach (var piece in commit.Pieces)
        {
            var loaded = Get(piece.Analyzer, piece.Shard);
            var closings = loaded.Shard.Closings;
            _insertPiece.RunWithBlob(
                piece.Body, piece.Analyzer, piece.Shard, piece.Partition, piece.Number, piece.Mark, closings?.First, closings?.Largest, closings?.Everything);
            loaded.PieceBytes += piece.Body.Length;
            counts += new ShardCounts(loaded.Shard.Apply(piece.Partition, piece.Number, piece.Mark, piece.Body), 0);
        }

        var touched = commit.Watermarks.Select(w => w.Analyzer).Concat(commit.Silent.Select(s => s.Analyzer)).Concat(commit.Pieces.Select(p => p.Analyzer)).Distinct(StringComparer.Ordinal);
        foreach (var analyzer in touched)
        {
            for (var shard = 0; shard < _analyzers[analyzer].Definition.Shards; shard++)
            {
                Move(commit, analyzer, shard, emit);
                counts += new ShardCounts(0, Get(analyzer, shard).Shard.TakeClosedEarly());
            }
        }

        return counts;
    }

    /// <summary>
    /// Closes all that is open in an analyzer that is gone, its results marked as partial, and deletes what its shards hold; inside the running transaction. Their
    /// numbers stay, for the definition may come back.
    /// </summary>
    public void Retire(AnalyzerKey analyzer, Action<string, int, ResultBatch> emit)
    {
        Open(analyzer, new HashSet<string>(StringComparer.Ordinal));
        for (var shard = 0; shard < analyzer.Definition.Shards; shard++)
        {
            var loaded = Get(analyzer.Key, shard).Shard;
            loaded.Close(OriginOf(analyzer.Key, shard), _time, results =>
            {
                MarkPartial(results);
                emit(analyzer.Key, shard, results);
            });
            _deletePieces.Run(analyzer.Key, shard);
            _deleteState.Run(analyzer.Key, shard);
            SaveHead(analyzer.Key, shard, loaded);
            _shards.Remove((analyzer.Key, shard));
        }
    }

    /// <summary>Forgets what is in memory: after a transaction failed it is ahead of the disk.</summary>
    public void Forget() => _shards.Clear();

    public void Dispose()
    {
        foreach (var statement in new[] { _insertPiece, _saveHead, _insertState, _deleteState, _deletePieces })
        {
            statement.Dispose();
        }

        _loader.Dispose();
    }

    private static Origin OriginOf(string analyzer, int shard) => new("analyzer:" + analyzer, shard);

    private static void MarkPartial(ResultBatch results)
    {
        foreach (var row in results.Events.Rows)
        {
            results.MarkPartial(row);
        }
    }

    private void Move(Commit commit, string analyzer, int shard, Action<string, int, ResultBatch> emit)
    {
        var loaded = Get(analyzer, shard);
        foreach (var move in commit.Watermarks.Where(w => w.Analyzer == analyzer))
        {
            loaded.Shard.Move(move.Partition, move.Mark);
        }

        foreach (var silent in commit.Silent.Where(s => s.Analyzer == analyzer))
        {
            loaded.Shard.Silence(silent.Partition);
        }

        loaded.Shard.Close(OriginOf(analyzer, shard), _time, results => emit(analyzer, shard, results));
        Save(analyzer, shard, loaded);
    }

    private void Save(string analyzer, int shard, LoadedShard loaded)
    {
        SaveHead(analyzer, shard, loaded.Shard);
        if (loaded.PieceBytes <= Math.Max(_leastPieces, 2 * loaded.StateBytes))
        {
            return;
        }

        // Once the pieces outweigh the state, the state is written anew and they go: each byte is rewritten a bounded number of times.
        loaded.StateBytes = SaveState(analyzer, shard, loaded.Shard);
        loaded.PieceBytes = 0;
        _deletePieces.Run(analyzer, shard);
    }

    private void SaveHead(string analyzer, int shard, AnalyzerShard state)
    {
        _buffer.Clear();
        state.SaveHead(_buffer);
        _saveHead.RunWithBlob(_buffer.Written, analyzer, shard);
    }

    // In parts: a state of many megabytes never lies in memory as a whole. Returns its length.
    private long SaveState(string analyzer, int shard, AnalyzerShard state)
    {
        var (part, length) = (0, 0L);
        _deleteState.Run(analyzer, shard);
        var output = new ByteBuffer
        {
            Spill = bytes =>
            {
                _insertState.RunWithBlob(bytes, analyzer, shard, part++);
                length += bytes.Length;
            },
        };
        state.Save(output);
        output.SpillAll();
        return length;
    }

    private LoadedShard Get(string analyzer, int shard)
    {
        if (!_shards.TryGetValue((analyzer, shard), out var loaded))
        {
            loaded = _loader.Load(_analyzers[analyzer], shard);
            _shards.Add((analyzer, shard), loaded);
        }

        return loaded;
    }
}
