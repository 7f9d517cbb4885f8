using System.Runtime.InteropServices;
using CloudPump.Events;

namespace CloudPump.Analyzers.Ordered;

/// <summary>The events that wait in a shard until the watermark has passed them: one sorted run per piece, whose memory goes when the last of its events has gone.</summary>
internal sealed class PendingEvents
{
    private readonly List<Run> _runs = [];
    private readonly List<PendingEvent> _due = [];

    /// <summary>Adds a piece; returns how many of its events are older than <paramref name="passed"/>, which are left out.</summary>
    public int Add(byte[] piece, long passed)
    {
        var events = OrderedPiece.Read(piece);
        Sort(events);
        var first = 0;
        while (first < events.Length && events[first].Stamp.Time < passed)
        {
            first++;
        }

        if (first < events.Length)
        {
            _runs.Add(new Run(events, first));
        }

        return first;
    }

    /// <summary>Takes the events older than a watermark, in order; valid until the next call.</summary>
    public ReadOnlySpan<PendingEvent> TakeDue(long mark)
    {
        _due.Clear();
        foreach (var run in _runs)
        {
            run.Take(mark, _due);
        }

        _runs.RemoveAll(static r => r.IsEmpty);
        var due = CollectionsMarshal.AsSpan(_due);
        Sort(due);
        return due;
    }

    public void Save(ByteBuffer output)
    {
        var piece = new OrderedPiece();
        foreach (var run in _runs)
        {
            run.Write(piece);
        }

        var body = new ByteBuffer();
        piece.Take(body);
        output.WriteBlob(body.Written);
    }

    public void Load(ref ByteReader input)
    {
        var piece = input.Blob();
        if (piece.Length > 0)
        {
            Add(piece.ToArray(), long.MinValue);
        }
    }

    private static void Sort(Span<PendingEvent> events)
    {
        for (var e = 1; e < events.Length; e++)
        {
            if (EventStamp.Compare(events[e - 1].Stamp, events[e].Stamp) > 0)
            {
                events.Sort(PendingEvent.Order);
                return;
            }
        }
    }

    private sealed class Run(PendingEvent[] events, int next)
    {
        private int _next = next;

        public bool IsEmpty => _next == events.Length;

        public void Take(long mark, List<PendingEvent> due)
        {
            while (_next < events.Length && (mark == long.MaxValue || events[_next].Stamp.Time < mark))
            {
                due.Add(events[_next++]);
            }
        }

        public void Write(OrderedPiece piece)
        {
            foreach (var e in events.AsSpan(_next))
            {
                piece.Add(e.Stamp, e.Key, e.Payload);
            }
        }
    }
}
