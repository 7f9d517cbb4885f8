namespace CloudPump.Hosting.Invocations;

/// <summary>The containers that a host of functions needs.</summary>
public static class BlobContainers
{
    /// <summary>The events of dead letters.</summary>
    public const string DeadLetters = "deadletters";

    /// <summary>States of shards and pieces that are too large for a table.</summary>
    public const string State = "state";

    /// <summary>Messages that are too large for their transport.</summary>
    public const string Claims = "claims";

    /// <summary>What file sinks write.</summary>
    public const string Output = "output";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [DeadLetters, State, Claims, Output];
}
