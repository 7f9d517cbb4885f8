namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// The score is the distance from what is usual at this time of the period, corrected by the recent errors, in mean absolute errors: additive level and
/// season as in Holt's and Winters' method. The first period is for learning.
/// </summary>
internal sealed class SeasonalDetector(DetectorOptions options) : Detector
{
    private const int Parts = 144;
    private readonly SeasonalProfile _profile = new(options.Period, Parts);
    private readonly RunningLevel _level = new(int.MaxValue);
    private readonly Calibration _calibration = new();
    private Expert _expert;

    private protected override long Signature => ((long)DetectorKind.Seasonal << 56) ^ options.Period.Ticks;

    public override Detection Observe(long time, double value)
    {
        var usual = _profile.Expected(time);
        var forecast = double.IsNaN(usual) ? new Forecast(_level.Expected, 0).Or(value) : new Forecast(usual + _expert.Drift, _expert.ScaleAt(usual));
        if (!double.IsFinite(value))
        {
            return _calibration.Unknown(forecast);
        }

        value = Limits.Value(value);
        var judged = forecast.Scale > 0
            ? _calibration.Observe(Limits.Score(Math.Abs(value - forecast.Expected) / forecast.Scale), forecast, value)
            : _calibration.Unknown(forecast);
        Learn(time, value, usual);
        return judged;
    }

    private protected override void Write(ref StateWriter output)
    {
        _profile.Write(ref output);
        _level.Write(ref output);
        _calibration.Write(ref output);
        _expert.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _profile.Read(ref input);
        _level.Read(ref input);
        _calibration.Read(ref input);
        _expert.Read(ref input);
    }

    private void Learn(long time, double value, double usual)
    {
        if (!double.IsNaN(usual))
        {
            _expert.Learn(value, usual, _level.Expected, corrects: true);
        }

        _profile.Learn(time, value);
        _level.Learn(value);
    }
}
