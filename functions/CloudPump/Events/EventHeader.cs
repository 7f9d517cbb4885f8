namespace CloudPump.Events;

/// <summary>An event's metadata: where its original bytes lie in the arena, and where it came from.</summary>
public struct EventHeader
{
    /// <summary>Start of the original bytes in the arena.</summary>
    public int RawOffset;

    /// <summary>Length of the original bytes; -1 when the event came without any (it was decoded from fields).</summary>
    public int RawLength;

    /// <summary>Position in the source partition: byte offset in a file, sequence number in a stream.</summary>
    public long Offset;

    /// <summary>Number among the events made of the same position; what a generator makes of an event is numbered by <see cref="ChildIndex"/>.</summary>
    public long Index;

    /// <summary>Index into <see cref="EventBatch.Origins"/>: the source partition that the event comes from.</summary>
    public int Origin;

    /// <summary>Index into <see cref="EventBatch.Hops"/>: the way that the event has come so far. Set by hosts whose transport may repeat events.</summary>
    public int Hop;

    /// <summary>The event's position on that way: what a repeat is known by.</summary>
    public long Position;

    /// <summary>When the event was received, as UTC ticks.</summary>
    public long Received;

    /// <summary>A parser has read the original bytes: from then on the event is its fields, even when it has none.</summary>
    public bool Parsed;
}
