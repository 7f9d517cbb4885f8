using CloudPump.Hosting.Parcels;

namespace CloudPump.Hosting.Invocations;

/// <summary>What a host remembers of one source partition of a pipeline, moved by one conditional transaction per batch.</summary>
/// <param name="Progress">Position, watermarks, piece numbers.</param>
/// <param name="Seen">What it has had from other pipelines.</param>
/// <param name="Moved">When it last moved: a partition is idle when that is long ago.</param>
/// <param name="Enqueued">When the transport took the newest message that is done: what is newer and yet has a lower position is of another stream under the name.</param>
/// <param name="Version">The row's version; null when there is no row yet.</param>
public sealed record ProgressRow(PartitionProgress Progress, SeenEvents Seen, DateTimeOffset Moved, DateTimeOffset Enqueued, string? Version);
