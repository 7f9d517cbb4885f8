using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Ordered;

/// <summary>The half of an ordered analyzer that runs in the pipeline: it notes the events that matter, with their keys and what their shard has to know.</summary>
internal abstract class OrderedStep(KeyedAnalyzer definition, BuildContext context) : TimedStep(definition, context)
{
    private readonly KeyReader _key = new(definition.By, context.Fields);
    private readonly ByteBuffer _payload = new(256);
    private readonly List<OrderedPiece[]> _partitions = [];
    private readonly int _shards = definition.Shards;
    private OrderedPiece[] _pieces = [];

    /// <inheritdoc/>
    public override long Pending => _partitions.Sum(static p => p.Sum(static s => (long)s.Count));

    /// <inheritdoc/>
    public override void AddPartition(long top, bool holdsTimeBack = true)
    {
        base.AddPartition(top, holdsTimeBack);
        _partitions.Add([.. Enumerable.Range(0, _shards).Select(_ => new OrderedPiece())]);
    }

    /// <inheritdoc/>
    public override bool TakePiece(int partition, int shard, ByteBuffer piece) => _partitions[partition][shard].Take(piece);

    /// <summary>Writes what the shard has to know of an event besides time, id and key.</summary>
    protected abstract EventUse Write(EventBatch batch, int row, in EventStamp stamp, ByteBuffer payload);

    /// <inheritdoc/>
    protected override void Begin(int partition) => _pieces = _partitions[partition];

    /// <inheritdoc/>
    protected override bool Take(long time, EventBatch batch, int row)
    {
        var stamp = EventStamp.Of(batch, row, time);
        _payload.Clear();
        var use = Write(batch, row, stamp, _payload);
        if (use != EventUse.Taken)
        {
            return use == EventUse.Skipped;
        }

        if (!_key.TryRead(batch, row))
        {
            return false;
        }

        var shard = _shards == 1 ? 0 : (int)(StableHash.Of(_key.Key) % (ulong)_shards);
        _pieces[shard].Add(stamp, _key.Key, _payload.Written);
        return true;
    }
}
