namespace CloudPump.Analyzers.Detectors;

/// <summary>
/// How far a value lies outside of all values of the last 10,000 to 20,000, in multiples of their range. The extremes are kept in two generations of which
/// the older one is dropped when the younger one is full.
/// </summary>
internal sealed class RangeNovelty
{
    private const int Generation = 10_000;
    private const int Warmup = 10;

    // A range of nothing must not make the smallest difference infinite.
    private const double SmallestRange = 1e-9;
    private const double Largest = 1e6;
    private double _oldLow = double.MaxValue;
    private double _oldHigh = double.MinValue;
    private double _low = double.MaxValue;
    private double _high = double.MinValue;
    private int _seen;
    private bool _hasOld;

    public double Observe(double value)
    {
        var low = Math.Min(_oldLow, _low);
        var high = Math.Max(_oldHigh, _high);
        var novelty = _hasOld || _seen > Warmup ? Math.Max(0, Math.Max(value - high, low - value)) / ((high - low) + SmallestRange) : 0;
        Add(value);
        return Math.Min(novelty, Largest);
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers([_oldLow, _oldHigh, _low, _high]);
        output.Int(_seen);
        output.Int(_hasOld ? 1 : 0);
    }

    public void Read(ref StateReader input)
    {
        (_oldLow, _oldHigh) = (input.Number(), input.Number());
        (_low, _high) = (input.Number(), input.Number());
        _seen = input.Int(Generation);
        _hasOld = input.Int(1) == 1;
    }

    private void Add(double value)
    {
        _low = Math.Min(_low, value);
        _high = Math.Max(_high, value);
        if (++_seen == Generation)
        {
            (_oldLow, _oldHigh, _hasOld) = (_low, _high, true);
            (_low, _high, _seen) = (double.MaxValue, double.MinValue, 0);
        }
    }
}
