namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// The bound that 99 % of the standardised forecast errors stay within, followed step by step: up a little when an error exceeds it, down a hundredth of
/// that when not (stochastic approximation of a quantile; H. Robbins and S. Monro, 1951).
/// </summary>
internal struct ErrorBand()
{
    private const double Share = 0.99;
    private const double Step = 0.1;

    // The bound of normally distributed errors, in mean absolute errors.
    private double _bound = 3.2;

    public readonly double Bound => _bound;

    public void Learn(double error) => _bound = Math.Max(Step, _bound + (Step * (Math.Abs(error) > _bound ? Share : Share - 1)));

    public readonly void Write(ref StateWriter output) => output.Number(_bound);

    public void Read(ref StateReader input) => _bound = input.Number();
}
