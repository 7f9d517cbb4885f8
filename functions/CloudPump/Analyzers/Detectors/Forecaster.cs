namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// Forecasts the next value in the one of six ways that has been best lately: the mean of all values, what is usual at this time of the period, and what is
/// usual at this time of the week; each as it is, and corrected by its recent errors.
/// </summary>
internal sealed class Forecaster(TimeSpan period)
{
    private const int Bases = 3;
    private const int LevelMemory = 2000;
    private const int PeriodParts = 144;
    private const int WeekParts = 168;
    private readonly RunningLevel _level = new(LevelMemory);
    private readonly SeasonalProfile _period = new(period, PeriodParts);
    private readonly SeasonalProfile _week = new(TimeSpan.FromDays(7), WeekParts);

    // First those that do not correct themselves.
    private readonly Expert[] _experts = new Expert[2 * Bases];

    // What was expected for the time that was asked for last, before correction; no state.
    private readonly double[] _expected = new double[Bases];

    /// <summary>The forecast for a time; none before the first value.</summary>
    public Forecast At(long time)
    {
        var expected = _expected;
        expected[0] = _level.Expected;
        expected[1] = _period.Expected(time);
        expected[2] = _week.Expected(time);
        var best = 0;
        var ratio = 1.0;
        for (var i = 1; i < _experts.Length; i++)
        {
            if (!double.IsNaN(expected[i % Bases]) && _experts[i].Ratio < ratio)
            {
                (best, ratio) = (i, _experts[i].Ratio);
            }
        }

        var usual = expected[best % Bases];
        return new Forecast(usual + _experts[best].Drift, _experts[best].ScaleAt(usual));
    }

    /// <summary>Learns the value of the time that was asked for last.</summary>
    public void Learn(long time, double value)
    {
        var expected = _expected;
        for (var i = 0; i < _experts.Length; i++)
        {
            if (!double.IsNaN(expected[i % Bases]))
            {
                _experts[i].Learn(value, expected[i % Bases], expected[0], corrects: i >= Bases);
            }
        }

        _level.Learn(value);
        _period.Learn(time, value);
        _week.Learn(time, value);
    }

    public void Write(ref StateWriter output)
    {
        _level.Write(ref output);
        _period.Write(ref output);
        _week.Write(ref output);
        foreach (ref readonly var expert in _experts.AsSpan())
        {
            expert.Write(ref output);
        }
    }

    public void Read(ref StateReader input)
    {
        _level.Read(ref input);
        _period.Read(ref input);
        _week.Read(ref input);
        foreach (ref var expert in _experts.AsSpan())
        {
            expert.Read(ref input);
        }
    }
}
