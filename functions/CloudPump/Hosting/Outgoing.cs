namespace CloudPump.Hosting;

/// <summary>A block of events on its way to a pipeline's subscription or to a stream.</summary>
/// <param name="Kind">Over a topic or a stream.</param>
/// <param name="Target">The pipeline, or the stream.</param>
/// <param name="Partition">The stream's partition; 0 for a topic.</param>
/// <param name="Count">How many events.</param>
/// <param name="Block">The events, as <see cref="Events.EventBlockWriter"/> packs them.</param>
public sealed record Outgoing(OutletKind Kind, string Target, int Partition, int Count, byte[] Block);
