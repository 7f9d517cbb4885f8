namespace CloudPump.Hosting.Shards;

/// <summary>What an operation did to a shard.</summary>
internal enum ShardChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It must be saved.</summary>
    Changed,
}
