using CloudPump.Analyzers;

namespace CloudPump.Embedded.Storage;

/// <summary>Puts a shard together from the store: the state that was saved last, the pieces since then, and the head.</summary>
internal sealed class ShardLoader(StoreDatabase database, TimeProvider time) : IDisposable
{
    private readonly Statement _readHead = new(database.Writer, "SELECT head FROM shard WHERE analyzer = $1 AND shard = $2");
    private readonly Statement _readState = new(database.Writer, "SELECT body FROM state WHERE analyzer = $1 AND shard = $2 ORDER BY part");
    private readonly Statement _readPieces = new(database.Writer, "SELECT partition, number, mark, body, first_closing, largest_closing, closed_all FROM piece WHERE analyzer = $1 AND shard = $2 ORDER BY id");

    /// <summary>Loads a shard; a new one when the store has none. Must be called within a transaction, so that the parts fit.</summary>
    public LoadedShard Load(AnalyzerKey analyzer, int shard)
    {
        var loaded = new LoadedShard(new AnalyzerShard(analyzer.Definition.CreateShard()));
        if (_readHead.Scalar(analyzer.Key, shard) is not byte[] head)
        {
            return loaded;
        }

        if (ReadState(analyzer.Key, shard) is { Length: > 0 } state)
        {
            loaded.Shard.Load(state);
            loaded.StateBytes = state.Length;
        }

        using (var pieces = _readPieces.Query(analyzer.Key, shard))
        {
            while (pieces.Read())
            {
                var body = pieces.GetFieldValue<byte[]>(3);
                Closings? closings = pieces.IsDBNull(4) ? null : new Closings(pieces.GetInt64(4), pieces.GetInt64(5), pieces.GetBoolean(6));
                loaded.Shard.Replay(pieces.GetString(0), pieces.GetInt64(1), pieces.GetInt64(2), body, closings, time);
                loaded.PieceBytes += body.Length;
            }
        }

        loaded.Shard.CatchUp(head, time);
        return loaded;
    }

    public void Dispose()
    {
        _readHead.Dispose();
        _readState.Dispose();
        _readPieces.Dispose();
    }

    private byte[] ReadState(string analyzer, int shard)
    {
        var state = new MemoryStream();
        using var parts = _readState.Query(analyzer, shard);
        while (parts.Read())
        {
            state.Write(parts.GetFieldValue<byte[]>(0));
        }

        return state.ToArray();
    }
}
