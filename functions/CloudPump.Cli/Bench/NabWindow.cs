namespace CloudPump.Cli.Bench;

/// <summary>The rows around an anomaly in which a detection counts.</summary>
/// <param name="First">The first row.</param>
/// <param name="Last">The last row, included.</param>
internal readonly record struct NabWindow(int First, int Last)
{
    /// <summary>How many rows it has.</summary>
    public int Width => Last - First + 1;
}
