namespace CloudPump.Analyzers.Detectors;

/// <summary>The mean of the values so far, of which the last <paramref name="memory"/> or so count.</summary>
internal sealed class RunningLevel(int memory)
{
    private double _mean;
    private int _count;

    /// <summary>The mean, or NaN before the first value.</summary>
    public double Expected => _count > 0 ? _mean : double.NaN;

    public void Learn(double value)
    {
        _count = Math.Min(_count + 1, memory);
        _mean += (value - _mean) / _count;
    }

    public void Write(ref StateWriter output)
    {
        output.Number(_mean);
        output.Int(_count);
    }

    public void Read(ref StateReader input)
    {
        _mean = input.Number();
        _count = input.Int(memory);
    }
}
