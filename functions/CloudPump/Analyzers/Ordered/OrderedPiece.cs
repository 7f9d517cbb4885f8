using CloudPump.Events;

namespace CloudPump.Analyzers.Ordered;

/// <summary>
/// A piece of events as they came: {origins}, then per event {time, origin, offset, index, key, payload}; times and offsets as differences to the event before.
/// Also the layout in which a shard saves the events that wait.
/// </summary>
internal sealed class OrderedPiece
{
    private readonly List<Origin> _origins = [];
    private readonly ByteBuffer _events = new(256);
    private long _time;
    private long _offset;

    /// <summary>How many events it holds.</summary>
    public int Count { get; private set; }

    public void Add(in EventStamp stamp, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        _events.WriteSigned(stamp.Time - _time);
        _events.WriteVarint((ulong)OriginIndex(stamp.Origin));
        _events.WriteSigned(stamp.Offset - _offset);
        _events.WriteVarint((ulong)stamp.Index);
        _events.WriteBlob(key);
        _events.WriteBlob(payload);
        (_time, _offset) = (stamp.Time, stamp.Offset);
        Count++;
    }

    /// <summary>Writes the piece and forgets it; false when it is empty.</summary>
    public bool Take(ByteBuffer output)
    {
        if (Count == 0)
        {
            return false;
        }

        output.WriteVarint((ulong)_origins.Count);
        foreach (var origin in _origins)
        {
            output.WriteText(origin.Stream);
            output.WriteVarint((ulong)origin.Partition);
        }

        output.WriteVarint((ulong)Count);
        output.Write(_events.Written);
        _origins.Clear();
        _events.Clear();
        (Count, _time, _offset) = (0, 0, 0);
        return true;
    }

    /// <summary>Reads a piece, which the events go on pointing into.</summary>
    public static PendingEvent[] Read(byte[] piece)
    {
        var input = new ByteReader(piece);
        var origins = new Origin[input.Items()];
        for (var o = 0; o < origins.Length; o++)
        {
            origins[o] = new Origin(input.Text(), input.Count());
        }

        var events = new PendingEvent[input.Items()];
        var (time, offset) = (0L, 0L);
        for (var e = 0; e < events.Length; e++)
        {
            time += input.Signed();
            var origin = input.Count();
            offset += input.Signed();
            var stamp = new EventStamp(time, origin < origins.Length ? origins[origin] : throw Damaged(), offset, input.Count());
            var key = input.Blob().Length;
            var keyEnd = piece.Length - input.Rest;
            var payload = input.Blob().Length;
            events[e] = new PendingEvent(stamp, piece, keyEnd - key, key, piece.Length - input.Rest - payload, payload);
        }

        return events;
    }

    private static InvalidDataException Damaged() => new("An event of the piece refers to an origin that it does not hold: the piece is damaged.");

    private int OriginIndex(in Origin origin)
    {
        // Nearly always the last one.
        for (var o = _origins.Count - 1; o >= 0; o--)
        {
            if (_origins[o] == origin)
            {
                return o;
            }
        }

        _origins.Add(origin);
        return _origins.Count - 1;
    }
}
