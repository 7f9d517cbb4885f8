using CloudPump.Analyzers.Measures;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers.Windows;

/// <summary>The half of a time window that runs in the pipeline: it groups events by pane and key.</summary>
internal class WindowStep(WindowPlan plan, BuildContext context) : TimedStep(plan.Analyzer, context)
{
    private readonly long _pane = plan.Pane;
    private readonly KeyReader _key = new(plan.Analyzer.By, context.Fields);
    private readonly MeasureInputs _inputs = new(plan.Measures, context.Fields);
    private readonly List<WindowSet> _partitions = [];
    private readonly HashSet<int> _woken = [];
    private long _pending;
    private readonly int _shards = plan.Analyzer.Shards;
    private readonly RecentGroups _recent = new();
    private WindowSet _panes = new(plan.Measures);

    /// <inheritdoc/>
    public override long Pending => _pending;

    /// <inheritdoc/>
    public override void AddPartition(long top, bool holdsTimeBack = true)
    {
        base.AddPartition(top, holdsTimeBack);
        _partitions.Add(new WindowSet(plan.Measures));
    }

    /// <inheritdoc/>
    public override bool TakePiece(int partition, int shard, ByteBuffer piece)
    {
        var panes = _partitions[partition];
        var any = !panes.IsEmpty && WindowPiece.Write(panes, shard, _shards, piece);
        if (!any && _woken.Contains(partition))
        {
            // A piece without panes is what wakes a shard.
            piece.WriteVarint(0);
            any = true;
        }

        if (shard == _shards - 1)
        {
            panes.Clear();
            _recent.Forget();
            _pending = 0;
            _woken.Remove(partition);
        }

        return any;
    }

    /// <inheritdoc/>
    public override void Wake(int partition)
    {
        if (plan.Early is { On: not null })
        {
            _woken.Add(partition);
        }
    }

    /// <summary>Adds an event to a group's measures.</summary>
    protected virtual void Measure(Measure[] columns, int group, EventBatch batch, int row, long time) => _inputs.Add(columns, group, batch, row, time);

    /// <inheritdoc/>
    protected override void Begin(int partition) => _panes = _partitions[partition];

    /// <inheritdoc/>
    protected override bool Take(long time, EventBatch batch, int row)
    {
        var pane = _panes.Of(time, _pane);
        var place = -1;
        var group = _key.IsText(batch, row, out var text) ? _recent.Find(pane, text, out place) : -1;
        if (group < 0)
        {
            if (!_key.TryRead(batch, row))
            {
                return false;
            }

            group = AddGroup(pane, place, text);
        }

        pane.CountEvent(group);
        Measure(pane.Columns, group, batch, row, time);
        return true;
    }

    private int AddGroup(GroupTable pane, int place, ReadOnlySpan<byte> text)
    {
        var count = pane.Count;
        var group = pane.FindOrAdd(_key.Key, StableHash.Of(_key.Key));
        _pending += pane.Count - count;
        if (place >= 0)
        {
            _recent.Note(place, pane, group, text);
        }

        return group;
    }
}
