namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// How far the mean of the last 20 values is from zero: of forecast errors, a lasting shift of the level, also one too small for a single value. One value
/// counts at most 10, so that it takes several to make a shift.
/// </summary>
internal sealed class ShiftNovelty
{
    private const int Length = 20;
    private const double LargestValue = 10;
    private readonly double[] _values = new double[Length];
    private int _next;
    private int _count;

    public double Observe(double value)
    {
        _values[_next] = Math.Clamp(value, -LargestValue, LargestValue);
        _next = (_next + 1) % Length;
        if (_count < Length)
        {
            _count++;
            return 0;
        }

        // Summed anew, so that rounding errors do not pile up.
        var sum = 0.0;
        foreach (var v in _values)
        {
            sum += v;
        }

        return Math.Abs(sum) / Length;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_values);
        output.Int(_next);
        output.Int(_count);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_values);
        _next = input.Int(Length - 1);
        _count = input.Int(Length);
    }
}
