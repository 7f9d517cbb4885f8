namespace CloudPump.Analyzers.Detectors;

/// <summary>What is expected before a value is seen.</summary>
/// <param name="Expected">The expected value.</param>
/// <param name="Scale">The usual absolute error of this forecast, in the unit of the series; 0 while it is not known.</param>
internal readonly record struct Forecast(double Expected, double Scale);
