namespace CloudPump.Hosting.Invocations;

/// <summary>A message as a trigger hands it over: one event, many as NDJSON, or a parcel of another pipeline.</summary>
/// <param name="Position">Its sequence number in the source partition: the same at every delivery.</param>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">What they are; null for a single event.</param>
/// <param name="Enqueued">When the transport took it: what `now()` means for its events.</param>
/// <param name="Claim">The name of the blob that holds the body when it was too large for the transport; null when it was not.</param>
public sealed record Received(long Position, ReadOnlyMemory<byte> Body, string? ContentType, DateTimeOffset Enqueued, string? Claim = null)
{
    /// <summary>The content type of many events in one message, a line each.</summary>
    public const string Ndjson = "application/x-ndjson";

    /// <summary>The property that names the blob of a body that was too large for the transport.</summary>
    public const string ClaimProperty = "claim";
}
