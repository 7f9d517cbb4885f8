namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// Finds anomalies of which nothing is known beforehand. The error of a forecast, in multiples of its usual size, is looked at in three ways - by itself,
/// together with the errors just before it, and as a mean over the last ones - and the value as one outside of the range so far. Each way gives how rare
/// this is in the series' own past; the logarithms of the rarities are added (R. A. Fisher's method of combining tests). The score is that sum, in decades;
/// a repetition of what was an anomaly just before has none. A probability of 0.999 is a good place for an alarm.
/// </summary>
internal sealed class AutoDetector(DetectorOptions options) : Detector
{
    // How rare a sum of rarities is in noise: P(sum >= s) is about 10^-(1.4 + s / 4), measured on noise of eight kinds (normal, uniform, exponential,
    // lognormal, heavy-tailed, whole numbers, autoregressive, seasonal). The slope is that of four tests that depend on each other entirely, for which the
    // geometric mean of the probabilities is right (V. Vovk and R. Wang, "Combining p-values via averaging", 2020).
    private const double Offset = 1.4;
    private const double Slope = 0.25;
    private readonly Forecaster _forecaster = new(options.Period);
    private readonly RangeNovelty _range = new();
    private readonly PatternNovelty _pattern = new();
    private readonly ShiftNovelty _shift = new();
    private readonly TailProbability _rangeTail = new();
    private readonly TailProbability _errorTail = new();
    private readonly TailProbability _patternTail = new();
    private readonly TailProbability _shiftTail = new();
    private readonly AlarmRefractory _refractory = new();
    private ErrorBand _band = new();

    private protected override long Signature => ((long)DetectorKind.Auto << 56) ^ options.Period.Ticks;

    public override Detection Observe(long time, double value)
    {
        var forecast = _forecaster.At(time).Or(value);
        if (!double.IsFinite(value))
        {
            return Judge(0, forecast);
        }

        value = Limits.Value(value);
        var error = forecast.Scale > 0 ? Limits.Score((value - forecast.Expected) / forecast.Scale) : 0;
        var surprise = _rangeTail.Observe(_range.Observe(value))
            + _errorTail.Observe(Math.Abs(error))
            + _patternTail.Observe(_pattern.Observe(error))
            + _shiftTail.Observe(_shift.Observe(error));
        var judged = Judge(_refractory.Observe(surprise), forecast);
        _band.Learn(error);
        _forecaster.Learn(time, value);
        return judged;
    }

    private protected override void Write(ref StateWriter output)
    {
        _forecaster.Write(ref output);
        _range.Write(ref output);
        _pattern.Write(ref output);
        _shift.Write(ref output);
        _rangeTail.Write(ref output);
        _errorTail.Write(ref output);
        _patternTail.Write(ref output);
        _shiftTail.Write(ref output);
        _refractory.Write(ref output);
        _band.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _forecaster.Read(ref input);
        _range.Read(ref input);
        _pattern.Read(ref input);
        _shift.Read(ref input);
        _rangeTail.Read(ref input);
        _errorTail.Read(ref input);
        _patternTail.Read(ref input);
        _shiftTail.Read(ref input);
        _refractory.Read(ref input);
        _band.Read(ref input);
    }

    private Detection Judge(double surprise, Forecast forecast)
    {
        var width = forecast.Scale * _band.Bound;
        var probability = surprise > 0 ? 1 - Math.Pow(10, -(Offset + (Slope * surprise))) : 0;
        return new Detection(surprise, forecast.Expected, forecast.Expected - width, forecast.Expected + width, probability);
    }
}
