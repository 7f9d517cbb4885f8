namespace CloudPump.Hosting.Shards;

/// <summary>What an operation on a shard came to.</summary>
/// <param name="Saved">The shard's record; null when there is none.</param>
/// <param name="Publish">Results wait: once the record is durable, the shard must be asked to publish them.</param>
/// <param name="Answer">What a reader gets.</param>
public sealed record ShardOutcome(byte[]? Saved, bool Publish = false, string? Answer = null);
