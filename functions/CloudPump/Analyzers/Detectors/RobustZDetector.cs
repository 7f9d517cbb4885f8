namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// The score is the distance from the median of the last 128 values, in 1.4826 median distances from it: standard deviations, were the values normally
/// distributed (the "modified z-score"; B. Iglewicz and D. Hoaglin, 1993). Up to half of the values may be outliers.
/// </summary>
internal sealed class RobustZDetector : ForecastDetector
{
    private const int Length = 128;
    private const int Trial = 10;
    private const double DeviationsPerMedianDistance = 1.4826;

    // More than half of the values may be equal.
    private const double SmallestRelative = 1e-9;
    private const double Smallest = 1e-150;
    private readonly SlidingMedian _window = new(Length);

    private protected override long Signature => (long)DetectorKind.RobustZ << 56;

    private protected override void Learn(long time, double value, in Detection judged) => _window.Learn(value);

    private protected override void Write(ref StateWriter output)
    {
        _window.Write(ref output);
        base.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _window.Read(ref input);
        base.Read(ref input);
    }

    private protected override Forecast ForecastAt(long time)
    {
        if (_window.Count == 0)
        {
            return Forecast.None;
        }

        var scale = (DeviationsPerMedianDistance * _window.Deviation()) + (SmallestRelative * Math.Abs(_window.Median)) + Smallest;
        return new Forecast(_window.Median, _window.Count >= Trial ? scale : 0);
    }
}
