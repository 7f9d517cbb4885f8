namespace CloudPump.Analyzers.Detectors;

/// <summary>The score is the distance from an exponentially weighted mean, in standard deviations.</summary>
internal sealed class EwmaDetector(DetectorOptions options) : ForecastDetector
{
    private readonly WeightedMoments _moments = new(options.HalfLife);

    private protected override long Signature => ((long)DetectorKind.Ewma << 56) ^ (BitConverter.DoubleToInt64Bits(options.HalfLife) >> 8);

    private protected override Forecast ForecastAt(long time) => _moments.Forecast;

    private protected override void Learn(long time, double value, in Detection judged) => _moments.Learn(value);

    private protected override void Write(ref StateWriter output)
    {
        _moments.Write(ref output);
        base.Write(ref output);
    }

    private protected override void Read(ref StateReader input)
    {
        _moments.Read(ref input);
        base.Read(ref input);
    }
}
