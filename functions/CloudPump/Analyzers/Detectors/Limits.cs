namespace CloudPump.Analyzers.Detectors;

/// <summary>Keeps numbers where squares and sums of them stay finite.</summary>
internal static class Limits
{
    private const double LargestValue = 1e150;
    private const double LargestScore = 1e6;

    /// <summary>A value of the series; -0 becomes 0.</summary>
    public static double Value(double value) => Math.Clamp(value, -LargestValue, LargestValue) + 0.0;

    /// <summary>A score, or a standardised error.</summary>
    public static double Score(double score) => Math.Clamp(score, -LargestScore, LargestScore);
}
