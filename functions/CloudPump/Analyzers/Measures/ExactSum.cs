using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// The exact sum of doubles, rounded once at the end, so that the order of adding and merging does not matter. Shewchuk's non-overlapping partials
/// ("Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997), as in Python's math.fsum.
/// </summary>
internal sealed class ExactSum
{
    private double[] _partials = new double[4];
    private int _count;
    private double _special;
    private bool _hasSpecial;

    public void Add(double x)
    {
        if (!double.IsFinite(x))
        {
            _special += x;
            _hasSpecial = true;
            return;
        }

        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var y = _partials[i];
            if (Math.Abs(x) < Math.Abs(y))
            {
                (x, y) = (y, x);
            }

            var high = x + y;
            var low = y - (high - x);
            if (low != 0)
            {
                _partials[kept++] = low;
            }

            x = high;
        }

        if (!double.IsFinite(x))
        {
            // Beyond the range of doubles: the exact sum is lost, and says so as infinity.
            _special += x;
            _hasSpecial = true;
            _count = 0;
            return;
        }

        GrowArray.For(ref _partials, kept);
        _partials[kept] = x;
        _count = kept + 1;
    }

    /// <summary>The sum, rounded to nearest even.</summary>
    public double Round()
    {
        if (_hasSpecial)
        {
            return _special;
        }

        var n = _count;
        if (n == 0)
        {
            return 0;
        }

        var high = _partials[--n];
        var low = 0.0;
        while (n > 0)
        {
            var x = high;
            var y = _partials[--n];
            high = x + y;
            low = y - (high - x);
            if (low != 0)
            {
                break;
            }
        }

        // A half-way case is decided by the sign of what lies below it.
        if (n > 0 && ((low < 0 && _partials[n - 1] < 0) || (low > 0 && _partials[n - 1] > 0)))
        {
            var twice = low * 2;
            var x = high + twice;
            if (twice == x - high)
            {
                return x;
            }
        }

        return high;
    }

    public void Write(ByteBuffer output)
    {
        output.WriteVarint(((ulong)_count << 1) | (_hasSpecial ? 1UL : 0));
        for (var i = 0; i < _count; i++)
        {
            output.WriteInt64(BitConverter.DoubleToInt64Bits(_partials[i]));
        }

        if (_hasSpecial)
        {
            output.WriteInt64(BitConverter.DoubleToInt64Bits(_special));
        }
    }

    public void Merge(ref ByteReader input)
    {
        var header = input.Varint();
        for (var count = header >> 1; count > 0; count--)
        {
            Add(BitConverter.Int64BitsToDouble(input.Int64()));
        }

        if ((header & 1) != 0)
        {
            Add(BitConverter.Int64BitsToDouble(input.Int64()));
        }
    }
}
