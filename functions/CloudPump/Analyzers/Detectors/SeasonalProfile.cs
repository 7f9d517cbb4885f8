namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// What is usual at each time of a period: the mean of each of its parts over the last cycles, every cycle counting once however many values it had. The
/// part that time is in now is learned when it is over.
/// </summary>
internal sealed class SeasonalProfile(TimeSpan period, int parts)
{
    private const int Cycles = 30;
    private readonly long _period = period.Ticks;
    private readonly double[] _means = new double[parts];
    private readonly float[] _cycles = new float[parts];
    private double _sum;
    private long _count;
    private long _part = -1;

    /// <summary>The usual value at a time, or NaN when the time of the period has not been seen in an earlier cycle.</summary>
    public double Expected(long time)
    {
        var part = Part(time) % _means.Length;
        return _cycles[part] > 0 ? _means[part] : double.NaN;
    }

    public void Learn(long time, double value)
    {
        var part = Part(time);
        if (part != _part)
        {
            Close();
            _part = part;
        }

        _sum += value;
        _count++;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_means);
        output.Numbers(_cycles);
        output.Number(_sum);
        output.Int(_count);
        output.Int(_part);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_means);
        input.Numbers(_cycles);
        _sum = input.Number();
        _count = input.Int();
        _part = input.Int();
    }

    // Counted through from the beginning of time, so that the same part of the next cycle is another one.
    private long Part(long time)
    {
        var cycle = Math.DivRem(time, _period, out var within);
        return (cycle * _means.Length) + (long)(within * (_means.Length / (double)_period));
    }

    private void Close()
    {
        if (_count == 0)
        {
            return;
        }

        var part = _part % _means.Length;
        _cycles[part] = Math.Min(_cycles[part] + 1, Cycles);
        _means[part] += ((_sum / _count) - _means[part]) / _cycles[part];
        (_sum, _count) = (0, 0);
    }
}
