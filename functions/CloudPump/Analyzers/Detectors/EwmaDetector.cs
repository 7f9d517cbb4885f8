namespace CloudPump.Analyzers.Detectors;

/// <summary>The score is the distance from an exponentially weighted mean, in standard deviations.</summary>
internal sealed class EwmaDetector(DetectorOptions options) : Detector
{
    private readonly WeightedMoments _moments = new(options.HalfLife);
    private readonly Calibration _calibration = new();

    private protected override long Signature => ((long)DetectorKind.Ewma << 56) ^ (BitConverter.DoubleToInt64Bits(options.HalfLife) >> 8);

    public override Detection Observe(long time, double value)
    {
        var forecast = _moments.Forecast.Or(value);
        if (!double.IsFinite(value))
        {
            return _calibration.Unknown(forecast);
        }

        value = Limits.Value(value);
        var judged = forecast.Scale > 0
            ? _calibration.Observe(Limits.Score(Math.Abs(value - forecast.Expected) / forecast.Scale), forecast, value)
            : _calibration.Unknown(forecast);
        _moments.Learn(value);
        return judged;
    }

    private protected override void Write(ref StateWriter output)
    {
        _moments.Write(ref output);
        _calibration.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _moments.Read(ref input);
        _calibration.Read(ref input);
    }
}
