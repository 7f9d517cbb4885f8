using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>
/// An event's place in the order that analyzers go by: event time, then id. Ids rank by the origin's name (ordinal), partition, offset and index, so the order is the
/// same on every host and in every run.
/// </summary>
/// <param name="Time">Event time in UTC ticks.</param>
/// <param name="Origin">The source partition that the event comes from.</param>
/// <param name="Offset">Its position there.</param>
/// <param name="Index">Its number among the events made of the same position.</param>
public readonly record struct EventStamp(long Time, Origin Origin, long Offset, long Index)
{
    /// <summary>The stamp of an event of a batch.</summary>
    public static EventStamp Of(EventBatch batch, int row, long time)
    {
        ref readonly var header = ref batch.Header(row);
        return new EventStamp(time, batch.Origins[header.Origin], header.Offset, header.Index);
    }

    /// <summary>Which of two comes first: negative, zero or positive.</summary>
    public static int Compare(in EventStamp left, in EventStamp right)
    {
        var order = left.Time.CompareTo(right.Time);
        order = order != 0 ? order : string.CompareOrdinal(left.Origin.Stream, right.Origin.Stream);
        order = order != 0 ? order : left.Origin.Partition.CompareTo(right.Origin.Partition);
        order = order != 0 ? order : left.Offset.CompareTo(right.Offset);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }

    /// <summary>Writes the stamp.</summary>
    public void Write(ByteBuffer output)
    {
        output.WriteSigned(Time);
        output.WriteText(Origin.Stream);
        output.WriteVarint((ulong)Origin.Partition);
        output.WriteVarint((ulong)Offset);
        output.WriteVarint((ulong)Index);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EventStamp Read(ref ByteReader input) =>
        new(input.Signed(), new Origin(input.Text(), input.Count()), (long)input.Varint(), input.Number());
}
