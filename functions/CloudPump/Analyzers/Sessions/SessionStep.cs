using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Sessions;

/// <summary>The half of session windows that runs in the pipeline: it gathers events to stretches of sessions. The piece: their number, then the sessions.</summary>
internal sealed class SessionStep(SessionWindow definition, MeasureSet measures, BuildContext context) : TimedStep(definition, context)
{
    private readonly KeyReader _key = new(definition.By, context.Fields);
    private readonly MeasureInputs _inputs = new(measures, context.Fields);
    private readonly List<SessionSet> _partitions = [];
    private readonly int _shards = definition.Shards;
    private readonly List<int> _picked = [];
    private SessionSet _sessions = new(measures, definition.Gap.Ticks);

    /// <inheritdoc/>
    public override long Pending => _partitions.Sum(static p => (long)p.Count);

    /// <inheritdoc/>
    public override void AddPartition(long top, bool holdsTimeBack = true)
    {
        base.AddPartition(top, holdsTimeBack);
        _partitions.Add(new SessionSet(measures, definition.Gap.Ticks));
    }

    /// <inheritdoc/>
    public override bool TakePiece(int partition, int shard, ByteBuffer piece)
    {
        var sessions = _partitions[partition];
        _picked.Clear();
        _picked.AddRange(sessions.All().Where(s => _shards == 1 || (int)(sessions.Hash(s) % (ulong)_shards) == shard));
        if (_picked.Count > 0)
        {
            piece.WriteVarint((ulong)_picked.Count);
            _picked.ForEach(s => sessions.Write(s, piece));
        }

        if (shard == _shards - 1)
        {
            sessions.Clear();
        }

        return _picked.Count > 0;
    }

    /// <inheritdoc/>
    protected override void Begin(int partition) => _sessions = _partitions[partition];

    /// <inheritdoc/>
    protected override bool Take(long time, EventBatch batch, int row)
    {
        if (!_key.TryRead(batch, row))
        {
            return false;
        }

        var key = _key.Key;
        var session = _sessions.Join(key, StableHash.Of(key), time, time, 1);
        _inputs.Add(_sessions.Columns, session, batch, row, time);
        return true;
    }
}
