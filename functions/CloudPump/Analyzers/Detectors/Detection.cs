namespace CloudPump.Analyzers.Detectors;

/// <summary>What a detector thinks of one value.</summary>
/// <param name="Score">How unusual the value is on the method's own scale; always finite, larger is more unusual.</param>
/// <param name="Expected">The value that was expected, in the unit of the series.</param>
/// <param name="Lower">The lower bound of what was expected.</param>
/// <param name="Upper">The upper bound of what was expected.</param>
/// <param name="Probability">
/// How sure it is that the value is an anomaly, from 0 to 1: while the series behaves as before, a share of about 1 - p of its values reaches p or more.
/// </param>
public readonly record struct Detection(double Score, double Expected, double Lower, double Upper, double Probability);
