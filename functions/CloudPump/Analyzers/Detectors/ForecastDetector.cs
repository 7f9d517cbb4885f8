namespace CloudPump.Analyzers.Detectors;

/// <summary>A detector that forecasts a value, judges how far the real one lies from that, calibrates the judgement by its own past, and learns.</summary>
internal abstract class ForecastDetector : Detector
{
    private readonly Calibration _calibration = new();

    public sealed override Detection Observe(long time, double value)
    {
        var forecast = ForecastAt(time).Or(value);
        if (!double.IsFinite(value))
        {
            return _calibration.Unknown(forecast);
        }

        value = Limits.Value(value);
        var judged = forecast.Scale > 0 ? _calibration.Observe(Score(value, forecast), forecast, value) : _calibration.Unknown(forecast);
        Learn(time, value, judged);
        return judged;
    }

    /// <summary>What is expected at a time.</summary>
    private protected abstract Forecast ForecastAt(long time);

    /// <summary>The distance from what was expected, in the forecast's scale.</summary>
    private protected virtual double Score(double value, Forecast forecast) => Limits.Score(Math.Abs(value - forecast.Expected) / forecast.Scale);

    /// <summary>Learns from a value that has been judged.</summary>
    private protected abstract void Learn(long time, double value, in Detection judged);

    private protected override void Write(ref StateWriter output) => _calibration.Write(ref output);

    private protected override void Read(ref StateReader input) => _calibration.Read(ref input);
}
