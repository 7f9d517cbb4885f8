using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>The block that an outlet fills for one partition of its target: events of one origin and, where positions are kept, of one way.</summary>
internal sealed class OutletLane(FieldTable fields, bool keepsPositions)
{
    private const int SealAt = 64 << 10;
    private readonly EventBlockWriter _writer = new(fields);
    private readonly List<PositionRun> _positions = [];
    private Origin _origin;
    private Hop _hop;

    public bool IsEmpty => _writer.Count == 0;

    /// <summary>Whether an event may join the block. The events of one position are never parted: a receiver must see all of them or none.</summary>
    public bool HasRoomFor(EventBatch batch, int row)
    {
        if (IsEmpty)
        {
            return true;
        }

        ref readonly var header = ref batch.Header(row);
        if (_origin != batch.Origins[header.Origin] || (keepsPositions && _hop != batch.Hops[header.Hop]))
        {
            return false;
        }

        return _writer.Length < SealAt || (keepsPositions && _positions[^1].Position == header.Position);
    }

    public void Add(EventBatch batch, int row)
    {
        ref readonly var header = ref batch.Header(row);
        _origin = batch.Origins[header.Origin];
        _writer.Add(batch, row);
        if (!keepsPositions)
        {
            return;
        }

        _hop = batch.Hops[header.Hop];
        if (_positions is [.., var last] && last.Position == header.Position)
        {
            _positions[^1] = last with { Count = last.Count + 1 };
        }
        else
        {
            _positions.Add(new PositionRun(header.Position, 1));
        }
    }

    public Outgoing Seal(Outlet outlet, int partition)
    {
        var outgoing = new Outgoing(outlet.Kind, outlet.Target, partition, _writer.Count, _writer.ToBlock(_origin)) { Lane = outlet.Lane, Hop = _hop, Positions = [.. _positions] };
        _writer.Clear();
        _positions.Clear();
        return outgoing;
    }
}
