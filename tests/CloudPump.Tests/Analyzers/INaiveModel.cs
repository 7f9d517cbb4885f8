namespace CloudPump.Tests.Analyzers;

/// <summary>One shard of an analyzer the naive way: everything is kept, and worked out from the start whenever time has moved.</summary>
internal interface INaiveModel
{
    /// <summary>Takes what one partition has for the shard; returns how many of the events came too late.</summary>
    int Apply(IReadOnlyList<NaiveEvent> events);

    /// <summary>The results that a watermark brings, in their order; <see cref="long.MaxValue"/> when all partitions are silent.</summary>
    IReadOnlyList<string> Close(long mark);
}
