namespace CloudPump.Analyzers.Measures;

/// <summary>
/// The number of distinct hashes behind HyperLogLog's registers: the improved raw estimator of O. Ertl, "New cardinality estimation algorithms for HyperLogLog
/// sketches" (2017, arXiv:1702.01284, algorithm 6), which has no bias to correct, neither for few nor for many.
/// </summary>
internal static class CardinalityEstimate
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>Estimates from registers of 0 to <paramref name="highest"/>.</summary>
    public static double Of(ReadOnlySpan<byte> registers, int highest)
    {
        Span<int> counts = stackalloc int[66];
        counts.Clear();
        foreach (var register in registers)
        {
            counts[register]++;
        }

        double m = registers.Length;
        var z = m * Tau(1 - (counts[highest] / m));
        for (var k = highest - 1; k > 0; k--)
        {
            z = 0.5 * (z + counts[k]);
        }

        z += m * Sigma(counts[0] / m);
        return m * m / (2 * Ln2) / z;
    }

    // The sum of x^(2^k) 2^(k-1): what the empty registers say.
    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        var (y, z, before) = (1.0, x, -1.0);
        while (z != before)
        {
            before = z;
            x *= x;
            z += x * y;
            y += y;
        }

        return z;
    }

    // What the full registers say.
    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        var (y, z, before) = (1.0, 1 - x, -1.0);
        while (z != before)
        {
            before = z;
            x = Math.Sqrt(x);
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }

        return z / 3;
    }
}
