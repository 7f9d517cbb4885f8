namespace CloudPump.Analyzers.Ordered;

/// <summary>An event that waits in a shard for the watermark: its place in the order, its key, and what its analyzer wants to know of it.</summary>
internal readonly struct PendingEvent(EventStamp stamp, byte[] piece, int keyStart, int keyLength, int payloadStart, int payloadLength)
{
    /// <summary>The order in which analyzers take events.</summary>
    public static readonly Comparison<PendingEvent> Order = static (a, b) => EventStamp.Compare(a.Stamp, b.Stamp);

    public EventStamp Stamp { get; } = stamp;

    public ReadOnlySpan<byte> Key => piece.AsSpan(keyStart, keyLength);

    public ReadOnlySpan<byte> Payload => piece.AsSpan(payloadStart, payloadLength);
}
