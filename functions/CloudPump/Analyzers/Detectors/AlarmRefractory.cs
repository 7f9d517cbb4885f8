namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// One anomaly, one alarm: after a surprise only a greater one counts, until as many values have passed as make a fifteenth of those seen so far, at most
/// 1,000. The more is known of a series, the rarer it repeats itself.
/// </summary>
internal sealed class AlarmRefractory
{
    private const int SeenPerRest = 15;
    private const int LongestRest = 1000;
    private double _peak;
    private long _age;
    private long _seen;

    /// <summary>The surprise, or 0 when it follows a greater one.</summary>
    public double Observe(double surprise)
    {
        _seen++;
        _age++;
        if (_age > Math.Min(_seen / SeenPerRest, LongestRest))
        {
            _peak = 0;
        }

        if (surprise <= _peak)
        {
            return 0;
        }

        (_peak, _age) = (surprise, 0);
        return surprise;
    }

    public void Write(ref StateWriter output)
    {
        output.Number(_peak);
        output.Int(_age);
        output.Int(_seen);
    }

    public void Read(ref StateReader input)
    {
        _peak = input.Number();
        _age = input.Int();
        _seen = input.Int();
    }
}
