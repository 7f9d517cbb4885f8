namespace CloudPump.Analyzers;

/// <summary>What shards could not treat as it was meant.</summary>
/// <param name="Late">Events that came for what was closed while partitions were idle.</param>
/// <param name="ClosedEarly">Keys closed before their time because there were too many.</param>
public readonly record struct ShardCounts(long Late, long ClosedEarly)
{
    /// <summary>Adds two counts.</summary>
    public static ShardCounts operator +(ShardCounts a, ShardCounts b) => new(a.Late + b.Late, a.ClosedEarly + b.ClosedEarly);
}
