namespace CloudPump.Hosting.Invocations;

/// <summary>
/// What a shard has reached, for the sweep: it wakes shards that are behind the progress rows, and no others.
/// </summary>
/// <param name="Reached">A fingerprint of the progress that the shard has worked off, silent partitions included.</param>
/// <param name="Gone">The shard has closed everything, because its definition is gone.</param>
public sealed record ShardDue(string Reached, bool Gone = false);
