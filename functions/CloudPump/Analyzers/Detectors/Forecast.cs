namespace CloudPump.Analyzers.Detectors;

/// <summary>What is expected before a value is seen.</summary>
/// <param name="Expected">The expected value; NaN when there is no forecast.</param>
/// <param name="Scale">The usual absolute error of this forecast, in the unit of the series; 0 while it is not known.</param>
internal readonly record struct Forecast(double Expected, double Scale)
{
    /// <summary>No forecast: nothing has been seen yet.</summary>
    public static Forecast None => new(double.NaN, 0);

    /// <summary>This forecast, or when there is none that what comes was expected.</summary>
    public Forecast Or(double value) => !double.IsNaN(Expected) ? this : new Forecast(double.IsFinite(value) ? value : 0, 0);
}
