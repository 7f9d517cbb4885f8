namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// The score is the distance from what is usual at this time of the period, corrected by the recent errors, in mean absolute errors: additive level and
/// season as in Holt's and Winters' method. The first period is for learning.
/// </summary>
internal sealed class SeasonalDetector(DetectorOptions options) : ForecastDetector
{
    private const int Parts = 144;
    private readonly SeasonalProfile _profile = new(options.Period, Parts);
    private readonly RunningLevel _level = new(int.MaxValue);
    private Expert _expert;

    private protected override long Signature => ((long)DetectorKind.Seasonal << 56) ^ options.Period.Ticks;

    private protected override Forecast ForecastAt(long time)
    {
        var usual = _profile.Expected(time);
        return double.IsNaN(usual) ? new Forecast(_level.Expected, 0) : new Forecast(usual + _expert.Drift, _expert.ScaleAt(usual));
    }

    private protected override void Learn(long time, double value, in Detection judged)
    {
        var usual = _profile.Expected(time);
        if (!double.IsNaN(usual))
        {
            _expert.Learn(value, usual, _level.Expected, corrects: true);
        }

        _profile.Learn(time, value);
        _level.Learn(value);
    }

    private protected override void Write(ref StateWriter output)
    {
        _profile.Write(ref output);
        _level.Write(ref output);
        _expert.Write(ref output);
        base.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _profile.Read(ref input);
        _level.Read(ref input);
        _expert.Read(ref input);
        base.Read(ref input);
    }
}
