using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>Collects the events that a pipeline sends to one target until the next commit takes them.</summary>
public sealed class Outlet
{
    private readonly OutletLane[] _lanes;
    private readonly List<Outgoing> _sealed = [];

    internal Outlet(OutletKind kind, string target, string lane, int partitions, FieldTable fields, bool keepsPositions)
    {
        (Kind, Target, Lane) = (kind, target, lane);
        _lanes = [.. Enumerable.Range(0, partitions).Select(_ => new OutletLane(fields, keepsPositions))];
    }

    /// <summary>Over a topic or a stream.</summary>
    public OutletKind Kind { get; }

    /// <summary>The pipeline or stream.</summary>
    public string Target { get; }

    /// <summary>Which step sends; empty where all of a pipeline's steps send together.</summary>
    public string Lane { get; }

    /// <summary>How many partitions the target has.</summary>
    public int Partitions => _lanes.Length;

    /// <summary>Adds an event.</summary>
    public void Add(EventBatch batch, int row, int partition = 0)
    {
        var lane = _lanes[partition];
        if (!lane.HasRoomFor(batch, row))
        {
            Seal(partition);
        }

        lane.Add(batch, row);
    }

    /// <summary>Moves everything collected into <paramref name="outgoing"/>.</summary>
    internal void Take(List<Outgoing> outgoing)
    {
        for (var p = 0; p < _lanes.Length; p++)
        {
            if (!_lanes[p].IsEmpty)
            {
                Seal(p);
            }
        }

        outgoing.AddRange(_sealed);
        _sealed.Clear();
    }

    private void Seal(int partition) => _sealed.Add(_lanes[partition].Seal(this, partition));
}
