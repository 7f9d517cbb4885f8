namespace CloudPump.Cli.Bench;

/// <summary>What detections are worth.</summary>
/// <param name="Name">Its name in profiles.json.</param>
/// <param name="Hit">Worth of a window that is detected at its left edge (tpWeight).</param>
/// <param name="Miss">Cost of a window that is not detected (fnWeight).</param>
/// <param name="FalseAlarm">Largest cost of a detection outside of windows (fpWeight).</param>
internal sealed record NabProfile(string Name, double Hit, double Miss, double FalseAlarm)
{
    public const string Standard = "standard";
    public const string LowFalsePositives = "reward_low_FP_rate";
    public const string LowFalseNegatives = "reward_low_FN_rate";
}
