namespace CloudPump.Cli.Bench;

/// <summary>A row that counts.</summary>
/// <param name="File">The number of its file.</param>
/// <param name="Window">The number of its window in the file, or -1.</param>
/// <param name="Score">The detector's score.</param>
/// <param name="Worth">What a detection here is worth.</param>
internal readonly record struct NabPoint(int File, int Window, double Score, double Worth)
{
    private const double Steepness = 5;

    // From here on the sigmoid counts as -1.
    private const double FarBehind = 3;

    /// <summary>Adds the rows of a file behind its probation.</summary>
    public static void AddAll(List<NabPoint> points, int number, NabFile file, NabProfile profile, double[] scores)
    {
        var window = 0;
        for (var row = 0; row < scores.Length; row++)
        {
            while (window < file.Windows.Count && file.Windows[window].Last < row)
            {
                window++;
            }

            var inside = window < file.Windows.Count && file.Windows[window].First <= row;
            if (row >= file.Probation)
            {
                var worth = inside ? Hit(file.Windows[window], row, profile) : FalseAlarm(window > 0 ? file.Windows[window - 1] : null, row, profile);
                points.Add(new NabPoint(number, inside ? window : -1, scores[row], worth));
            }
        }
    }

    /// <summary>2 / (1 + e^(5y)) - 1: from nearly 1 at y = -1 over 0 at the right edge, y = 0, to -1.</summary>
    public static double Sigmoid(double y) => y > FarBehind ? -1 : (2 / (1 + Math.Exp(Steepness * y))) - 1;

    private static double Hit(NabWindow window, int row, NabProfile profile) =>
        Sigmoid(-(window.Last - row + 1.0) / window.Width) / Sigmoid(-1) * profile.Hit;

    private static double FalseAlarm(NabWindow? before, int row, NabProfile profile) =>
        (before is { } w ? Sigmoid((row - w.Last) / (w.Width - 1.0)) : -1) * profile.FalseAlarm;
}
