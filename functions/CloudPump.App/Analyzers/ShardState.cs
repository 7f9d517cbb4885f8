namespace CloudPump.App.Analyzers;

/// <summary>The state of a shard's entity.</summary>
/// <param name="Record">The shard's record, as the engine writes it.</param>
public sealed record ShardState(byte[] Record);
