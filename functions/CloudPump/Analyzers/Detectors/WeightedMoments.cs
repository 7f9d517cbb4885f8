namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// Exponentially weighted mean and variance: m += a d, v = (1 - a)(v + a d^2) with d = x - m (T. Finch, "Incremental calculation of weighted mean and
/// variance", 2009). The first values count alike.
/// </summary>
/// <param name="halfLife">After how many values an old one weighs half as much as a new one.</param>
internal sealed class WeightedMoments(double halfLife)
{
    private const int Trial = 10;

    // A constant series must not make the smallest difference infinite.
    private const double SmallestRelative = 1e-9;
    private const double Smallest = 1e-150;
    private readonly double _rate = 1 - Math.Pow(2, -1 / halfLife);
    private double _mean;
    private double _variance;
    private long _count;

    /// <summary>The mean, and the standard deviation, which is 0 while too few values are known.</summary>
    public Forecast Forecast => _count == 0 ? Forecast.None : new Forecast(_mean, _count >= Trial ? Deviation : 0);

    private double Deviation => Math.Sqrt(_variance) + (SmallestRelative * Math.Abs(_mean)) + Smallest;

    public void Learn(double value)
    {
        _count++;
        var rate = Math.Max(_rate, 1.0 / _count);
        var difference = value - _mean;
        _mean += rate * difference;
        _variance = (1 - rate) * (_variance + (rate * difference * difference));
    }

    /// <summary>Begins anew; the next value becomes the mean.</summary>
    public void Forget() => (_mean, _variance, _count) = (0, 0, 0);

    public void Write(ref StateWriter output)
    {
        output.Number(_mean);
        output.Number(_variance);
        output.Int(_count);
    }

    public void Read(ref StateReader input)
    {
        (_mean, _variance) = (input.Number(), input.Number());
        _count = input.Int();
    }
}
