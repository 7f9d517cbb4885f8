namespace CloudPump.Analyzers.Ordered;

/// <summary>What became of an event in an analyzer's step.</summary>
internal enum EventUse
{
    /// <summary>It failed and goes to the dead letters.</summary>
    Failed,

    /// <summary>It does not matter to the analyzer, but time has moved.</summary>
    Skipped,

    /// <summary>It travels to its shard.</summary>
    Taken,
}
