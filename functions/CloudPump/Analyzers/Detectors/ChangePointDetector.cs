namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// Finds lasting shifts of the level by two cumulative sums, one upwards and one downwards: S = max(0, S + z - 0.5), where z is the distance from an
/// exponentially weighted mean in standard deviations (E. S. Page, "Continuous inspection schemes", 1954). The score is the larger sum. At 12 the level has
/// changed: the sums and the mean begin anew. A single value counts at most 3, so that it takes several to make a change.
/// </summary>
internal sealed class ChangePointDetector(DetectorOptions options) : ForecastDetector
{
    private const double Slack = 0.5;
    private const double Changed = 12;
    private const double LargestStep = 3;
    private readonly WeightedMoments _moments = new(options.HalfLife);
    private double _up;
    private double _down;

    private protected override long Signature => ((long)DetectorKind.ChangePoint << 56) ^ (BitConverter.DoubleToInt64Bits(options.HalfLife) >> 8);

    private protected override Forecast ForecastAt(long time) => _moments.Forecast;

    private protected override void Learn(long time, double value, in Detection judged)
    {
        if (judged.Score >= Changed)
        {
            (_up, _down) = (0, 0);
            _moments.Forget();
        }

        _moments.Learn(value);
    }

    private protected override void Write(ref StateWriter output)
    {
        _moments.Write(ref output);
        output.Number(_up);
        output.Number(_down);
        base.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _moments.Read(ref input);
        (_up, _down) = (input.Number(), input.Number());
        base.Read(ref input);
    }

    private protected override double Score(double value, Forecast forecast)
    {
        var step = Math.Clamp((value - forecast.Expected) / forecast.Scale, -LargestStep, LargestStep);
        _up = Math.Max(0, _up + step - Slack);
        _down = Math.Max(0, _down - step - Slack);
        return Math.Max(_up, _down);
    }
}
