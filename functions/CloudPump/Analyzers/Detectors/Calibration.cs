namespace CloudPump.Analyzers.Detectors;

/// <summary>Turns a score and a forecast into a judgement, by the past of the same series.</summary>
internal sealed class Calibration
{
    private readonly TailProbability _tail = new();
    private ErrorBand _band = new();

    /// <summary>Judges a value that had a forecast, and learns from it.</summary>
    /// <param name="score">The raw score.</param>
    /// <param name="forecast">What was expected.</param>
    /// <param name="value">What came.</param>
    public Detection Observe(double score, Forecast forecast, double value)
    {
        var judged = Judge(score, _tail.Observe(score), forecast);
        _band.Learn((value - forecast.Expected) / forecast.Scale);
        return judged;
    }

    /// <summary>The judgement of a value that cannot be judged.</summary>
    public Detection Unknown(Forecast forecast) => Judge(0, 0, forecast);

    public void Write(ref StateWriter output)
    {
        _tail.Write(ref output);
        _band.Write(ref output);
    }

    public void Read(ref StateReader input)
    {
        _tail.Read(ref input);
        _band.Read(ref input);
    }

    private Detection Judge(double score, double decades, Forecast forecast)
    {
        var width = forecast.Scale * _band.Bound;
        return new Detection(score, forecast.Expected, forecast.Expected - width, forecast.Expected + width, 1 - Math.Pow(10, -decades));
    }
}
