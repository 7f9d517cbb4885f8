using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>Collects the events that a pipeline sends to one target until the next commit takes them.</summary>
public sealed class Outlet
{
    private const int SealAt = 64 << 10;
    private readonly Lane[] _lanes;
    private readonly List<Outgoing> _sealed = [];

    internal Outlet(OutletKind kind, string target, int partitions, FieldTable fields)
    {
        Kind = kind;
        Target = target;
        _lanes = [.. Enumerable.Range(0, partitions).Select(_ => new Lane(new EventBlockWriter(fields)))];
    }

    /// <summary>Over a topic or a stream.</summary>
    public OutletKind Kind { get; }

    /// <summary>The pipeline or stream.</summary>
    public string Target { get; }

    /// <summary>How many partitions the target has.</summary>
    public int Partitions => _lanes.Length;

    /// <summary>Adds an event.</summary>
    public void Add(EventBatch batch, int row, int partition = 0)
    {
        var lane = _lanes[partition];
        var origin = batch.Origins[batch.Header(row).Origin];
        if (lane.Writer.Count > 0 && (lane.Origin != origin || lane.Writer.Length >= SealAt))
        {
            Seal(partition);
        }

        lane.Origin = origin;
        lane.Writer.Add(batch, row);
    }

    /// <summary>Moves everything collected into <paramref name="outgoing"/>.</summary>
    internal void Take(List<Outgoing> outgoing)
    {
        for (var p = 0; p < _lanes.Length; p++)
        {
            if (_lanes[p].Writer.Count > 0)
            {
                Seal(p);
            }
        }

        outgoing.AddRange(_sealed);
        _sealed.Clear();
    }

    private void Seal(int partition)
    {
        var lane = _lanes[partition];
        _sealed.Add(new Outgoing(Kind, Target, partition, lane.Writer.Count, lane.Writer.ToBlock(lane.Origin)));
        lane.Writer.Clear();
    }

    private sealed class Lane(EventBlockWriter writer)
    {
        public EventBlockWriter Writer { get; } = writer;

        public Origin Origin { get; set; }
    }
}
