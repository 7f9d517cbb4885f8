using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// The exact sum of doubles, rounded once at the end, so that the order of adding and merging does not matter. Shewchuk's non-overlapping partials
/// ("Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997), as in Python's math.fsum; what goes beyond the range of
/// doubles on the way is kept as a number of times 2^1024.
/// </summary>
internal sealed class ExactSum
{
    // 2^1023: twice this is the first number beyond the range of doubles.
    private const double HalfRange = 8.98846567431158e307;
    private double[] _partials = new double[2];
    private int _count;
    private long _overflows;
    private double _special;
    private bool _hasSpecial;

    /// <summary>Whether nothing was ever added.</summary>
    public bool IsEmpty => _count == 0 && !_hasSpecial;

    /// <summary>Whether all that was added is finite.</summary>
    public bool IsFinite => !_hasSpecial;

    /// <summary>Back to nothing; the memory is kept.</summary>
    public void Clear() => (_count, _overflows, _special, _hasSpecial) = (0, 0, 0, false);

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
            x = AddTwo(x, _partials[i], out var low);
            if (low != 0)
            {
                _partials[kept++] = low;
            }
        }

        if (kept == _partials.Length)
        {
            Array.Resize(ref _partials, kept * 2);
        }

        _partials[kept] = x;
        _count = kept + 1;
    }

    /// <summary>The sum, rounded to nearest even.</summary>
    public double Round()
    {
        if (_hasSpecial)
        {
            // There are many NaNs, and which one comes out depends on the order.
            return double.IsNaN(_special) ? double.NaN : _special;
        }

        return _overflows == 0 ? RoundPartials() : RoundBeyond();
    }

    /// <summary>The sum as it is; what is not finite is left out.</summary>
    public Dyadic ToDyadic()
    {
        var sum = new Dyadic(_overflows, 1024);
        for (var i = 0; i < _count; i++)
        {
            sum += Dyadic.Of(_partials[i]);
        }

        return sum;
    }

    public void Write(ByteBuffer output)
    {
        output.WriteVarint(((ulong)_count << 1) | (_hasSpecial ? 1UL : 0));
        output.WriteSigned(_overflows);
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
        _overflows += input.Signed();
        for (var count = header >> 1; count > 0; count--)
        {
            Add(BitConverter.Int64BitsToDouble(input.Int64()));
        }

        if ((header & 1) != 0)
        {
            Add(BitConverter.Int64BitsToDouble(input.Int64()));
        }
    }

    /// <summary>Adds another sum to this one.</summary>
    public void Add(ExactSum other)
    {
        _overflows += other._overflows;
        for (var i = 0; i < other._count; i++)
        {
            Add(other._partials[i]);
        }

        if (other._hasSpecial)
        {
            Add(other._special);
        }
    }

    // The rounded sum of two numbers and what rounding lost, exactly.
    private double AddTwo(double x, double y, out double low)
    {
        (x, y) = Math.Abs(x) < Math.Abs(y) ? (y, x) : (x, y);
        var high = x + y;
        if (!double.IsFinite(high))
        {
            // The larger one is at least half the range, so taking 2^1024 from it is exact.
            _overflows += Math.Sign(x);
            var half = Math.CopySign(HalfRange, x);
            x = x - half - half;
            (x, y) = Math.Abs(x) < Math.Abs(y) ? (y, x) : (x, y);
            high = x + y;
        }

        low = y - (high - x);
        return high;
    }

    private double RoundBeyond()
    {
        if (Math.Abs(_overflows) == 1)
        {
            var sum = new ExactSum();
            sum.Add(this);
            sum._overflows = 0;
            var half = Math.CopySign(HalfRange, _overflows);
            sum.Add(half);
            sum.Add(half);
            if (sum._overflows == 0)
            {
                return sum.RoundPartials();
            }
        }

        return _overflows > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }

    private double RoundPartials()
    {
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
}
