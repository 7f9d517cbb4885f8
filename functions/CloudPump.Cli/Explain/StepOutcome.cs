namespace CloudPump.Cli.Explain;

/// <summary>What became of an event at a step.</summary>
internal enum StepOutcome
{
    /// <summary>It was filtered out.</summary>
    Filtered,

    /// <summary>It was moved to another pipeline.</summary>
    Moved,

    /// <summary>It became a dead letter.</summary>
    Dead,

    /// <summary>Several events took its place.</summary>
    Replaced,

    /// <summary>The analyzer set it aside; it goes on.</summary>
    Late,
}
