namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// The score is the distance from the median of the last 128 values, in 1.4826 median distances from it: standard deviations, were the values normally
/// distributed (the "modified z-score"; B. Iglewicz and D. Hoaglin, 1993). Up to half of the values may be outliers.
/// </summary>
internal sealed class RobustZDetector : Detector
{
    private const int Length = 128;
    private const int Trial = 10;
    private const double DeviationsPerMedianDistance = 1.4826;

    // More than half of the values may be equal.
    private const double SmallestRelative = 1e-9;
    private const double Smallest = 1e-150;
    private readonly SlidingMedian _window = new(Length);
    private readonly Calibration _calibration = new();

    private protected override long Signature => (long)DetectorKind.RobustZ << 56;

    public override Detection Observe(long time, double value)
    {
        var forecast = Forecast().Or(value);
        if (!double.IsFinite(value))
        {
            return _calibration.Unknown(forecast);
        }

        value = Limits.Value(value);
        var judged = forecast.Scale > 0
            ? _calibration.Observe(Limits.Score(Math.Abs(value - forecast.Expected) / forecast.Scale), forecast, value)
            : _calibration.Unknown(forecast);
        _window.Learn(value);
        return judged;
    }

    private protected override void Write(ref StateWriter output)
    {
        _window.Write(ref output);
        _calibration.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _window.Read(ref input);
        _calibration.Read(ref input);
    }

    private Forecast Forecast()
    {
        if (_window.Count == 0)
        {
            return Detectors.Forecast.None;
        }

        var scale = (DeviationsPerMedianDistance * _window.Deviation()) + (SmallestRelative * Math.Abs(_window.Median)) + Smallest;
        return new Forecast(_window.Median, _window.Count >= Trial ? scale : 0);
    }
}
