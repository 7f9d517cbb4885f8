namespace CloudPump.Cli.Bench;

/// <summary>One series of a corpus in the form of the Numenta Anomaly Benchmark, with the windows in which an anomaly is to be found.</summary>
/// <param name="Name">The path below the folder data, with slashes: the key of the label file.</param>
/// <param name="Times">UTC ticks.</param>
/// <param name="Values">The values.</param>
/// <param name="Windows">First and last row of every window, in order.</param>
internal sealed record NabFile(string Name, long[] Times, double[] Values, IReadOnlyList<NabWindow> Windows)
{
    // nab/util.py, getProbationPercent: 15 % of the rows, at most 15 % of 5,000.
    private const double ProbationShare = 0.15;
    private const int ProbationRows = 750;

    /// <summary>How many rows at the start are for learning and do not count.</summary>
    public int Probation => Math.Min((int)Math.Floor(ProbationShare * Times.Length), ProbationRows);
}
