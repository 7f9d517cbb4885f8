namespace CloudPump.Analyzers.Ordered;

/// <summary>What an ordered analyzer knows of one key.</summary>
internal abstract class KeyState
{
    /// <summary>The key's bytes.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>The time of its newest event, in ticks.</summary>
    public long LastSeen { get; set; } = long.MinValue;

    /// <summary>When its timer is due; <see cref="long.MaxValue"/> for never.</summary>
    public long Due { get; set; } = long.MaxValue;

    /// <summary>The time under which it stands in the queue of timers; an entry under another time is void.</summary>
    public long Queued { get; set; } = long.MaxValue;
}
