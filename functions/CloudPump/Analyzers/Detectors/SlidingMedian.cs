namespace CloudPump.Analyzers.Detectors;

/// <summary>Median of the last values, and the median of their distances from it (MAD).</summary>
internal sealed class SlidingMedian(int length)
{
    private readonly double[] _values = new double[length];
    private readonly double[] _sorted = new double[length];
    private int _count;
    private int _next;

    public int Count => _count;

    public double Median => _sorted[_count / 2];

    /// <summary>The median distance: the smallest one that half of the values lie within, found by widening a stretch of the sorted values.</summary>
    public double Deviation()
    {
        var median = Median;
        var (left, right) = ((_count / 2) - 1, (_count / 2) + 1);
        var distance = 0.0;
        for (var within = 1; within <= _count / 2; within++)
        {
            var below = left >= 0 ? median - _sorted[left] : double.PositiveInfinity;
            var above = right < _count ? _sorted[right] - median : double.PositiveInfinity;
            distance = Math.Min(below, above);
            (left, right) = below <= above ? (left - 1, right) : (left, right + 1);
        }

        return distance;
    }

    public void Learn(double value)
    {
        if (_count == _values.Length)
        {
            Remove(_values[_next]);
        }

        Insert(value);
        _values[_next] = value;
        _next = (_next + 1) % _values.Length;
    }

    public void Write(ref StateWriter output)
    {
        output.Numbers(_values);
        output.Int(_count);
        output.Int(_next);
    }

    public void Read(ref StateReader input)
    {
        input.Numbers(_values);
        _count = input.Int(_values.Length);
        _next = input.Int(_values.Length - 1);
        _values.AsSpan(0, _count).CopyTo(_sorted);
        _sorted.AsSpan(0, _count).Sort();
    }

    private void Insert(double value)
    {
        var found = _sorted.AsSpan(0, _count).BinarySearch(value);
        var place = found < 0 ? ~found : found;
        _sorted.AsSpan(place, _count - place).CopyTo(_sorted.AsSpan(place + 1));
        _sorted[place] = value;
        _count++;
    }

    private void Remove(double value)
    {
        var place = _sorted.AsSpan(0, _count).BinarySearch(value);
        _sorted.AsSpan(place + 1, _count - place - 1).CopyTo(_sorted.AsSpan(place));
        _count--;
    }
}
