namespace CloudPump.Analyzers.Measures;

/// <summary>
/// Numbers to buckets whose middle is within 1 % of every number in them: the cubically interpolated logarithm of DDSketch (Masson, Rim, Lee: "DDSketch: a fast and
/// fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019, and its reference implementations). It is made of +, * and / alone, which give
/// the same bits on every machine; a logarithm need not.
/// </summary>
internal static class BucketMapping
{
    /// <summary>The bucket of positive infinity.</summary>
    public const int Infinite = 80_000;

    /// <summary>The relative error.</summary>
    public const double Error = 0.01;

    // The cubic that touches log2(1 + s) at both ends of [0, 1] and whose slope against the natural logarithm is nowhere below C.
    private const double A = 6.0 / 35;
    private const double B = -3.0 / 5;
    private const double C = 10.0 / 7;

    // Numbers below the least normal double count as zero. Positive buckets lie above 0, negative ones mirror them.
    private const int Offset = 40_000;

    // ln((1 + Error) / (1 - Error)), written out so that no machine computes it otherwise.
    private const double LogGamma = 0.020000666706669525;
    private const double Multiplier = 1 / (C * LogGamma);

    /// <summary>The bucket of a number: buckets rank as their numbers do. NaN has none.</summary>
    public static int Of(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < 2.2250738585072014e-308)
        {
            return 0;
        }

        var bucket = magnitude <= double.MaxValue ? (int)Math.Ceiling(Log(magnitude) * Multiplier) + Offset : Infinite;
        return value < 0 ? -bucket : bucket;
    }

    /// <summary>The number that stands for a bucket: the harmonic mean of its ends, which errs at both of them alike.</summary>
    public static double Middle(int bucket)
    {
        if (bucket < 0)
        {
            return -Middle(-bucket);
        }

        if (bucket is 0 or Infinite)
        {
            return bucket == 0 ? 0 : double.PositiveInfinity;
        }

        var (low, high) = (Power(bucket - Offset - 1), Power(bucket - Offset));
        return double.IsInfinity(high) ? low * (1 + Error) : low * (2 / (1 + (low / high)));
    }

    private static double Log(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var s = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000) - 1;
        return (((((A * s) + B) * s) + C) * s) + ((bits >> 52) - 1023);
    }

    // The inverse of Log at the upper end of a bucket, by Newton's method; the cubic rises everywhere.
    private static double Power(int bucket)
    {
        var log = bucket / Multiplier;
        var exponent = Math.Floor(log);
        var (wanted, s) = (log - exponent, log - exponent);
        for (var i = 0; i < 8; i++)
        {
            s -= ((((((A * s) + B) * s) + C) * s) - wanted) / ((((3 * A * s) + (2 * B)) * s) + C);
        }

        return Math.ScaleB(1 + s, (int)exponent);
    }
}
