namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// How good one way of forecasting has been: its mean absolute error, and the ratio of its recent errors to those of the plainest way, on the values that
/// both had a forecast for. It may also correct itself by its recent errors, and so follow a level that drifts (simple exponential smoothing).
/// </summary>
internal struct Expert
{
    // Weights of a new value: half-lives of about 2,000, 500 and 100 values.
    private const double ScaleRate = 1.0 / 3000;
    private const double SkillRate = 1.0 / 700;
    private const double DriftRate = 1.0 / 150;
    private const int Trial = 50;
    private const int ScaleTrial = 5;

    // A constant series must not make the smallest difference infinite.
    private const double SmallestRelative = 1e-9;
    private const double Smallest = 1e-150;
    private double _drift;
    private double _scale;
    private double _error;
    private double _plainError;
    private long _count;

    /// <summary>The error of its forecasts relative to the plainest way; infinite while on trial.</summary>
    public readonly double Ratio => _count > Trial ? _error / (_plainError + double.Epsilon) : double.PositiveInfinity;

    /// <summary>What to add to the forecast when it corrects itself.</summary>
    public readonly double Drift => _drift;

    /// <summary>The usual absolute error of a forecast; 0 while it is not known.</summary>
    public readonly double ScaleAt(double expected) => _count > ScaleTrial ? _scale + (SmallestRelative * Math.Abs(expected)) + Smallest : 0;

    /// <summary>Learns from a forecast.</summary>
    /// <param name="value">What came.</param>
    /// <param name="expected">The forecast before correction.</param>
    /// <param name="plain">The forecast of the plainest way.</param>
    /// <param name="corrects">Whether this way corrects itself.</param>
    public void Learn(double value, double expected, double plain, bool corrects)
    {
        var error = value - expected - _drift;

        // The first values count alike.
        var share = 1.0 / ++_count;
        var skillRate = Math.Max(SkillRate, share);
        _scale += (Math.Abs(error) - _scale) * Math.Max(ScaleRate, share);
        _error += (Math.Abs(error) - _error) * skillRate;
        _plainError += (Math.Abs(value - plain) - _plainError) * skillRate;
        _drift += corrects ? error * DriftRate : 0;
    }

    public readonly void Write(ref StateWriter output)
    {
        output.Numbers([_drift, _scale, _error, _plainError]);
        output.Int(_count);
    }

    public void Read(ref StateReader input)
    {
        (_drift, _scale) = (input.Number(), input.Number());
        (_error, _plainError) = (input.Number(), input.Number());
        _count = input.Int();
    }
}
