namespace CloudPump.Hosting.Shards;

/// <summary>Results that a shard has emitted and not published yet: a block, the number of its first result, and how many there are.</summary>
public sealed record PendingResults(long First, int Count, byte[] Block);
