using CloudPump.Events;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// Count, sum and sum of squares that no longs hold, all exact. The square of a double is the product and what rounding it lost (by FMA); where that would leave the
/// range of doubles, the square of the number times or divided by 2^600 is kept apart.
/// </summary>
internal sealed class WideMoments : ISide
{
    private const int Scale = 600;
    private const double Largest = 1.0e150;
    private const double Smallest = 1.0e-130;
    private readonly ExactSum _doubles = new();
    private readonly ExactSum _squares = new();
    private ExactSum? _hugeSquares;
    private ExactSum? _tinySquares;
    private Int128 _integers;
    private UInt128 _integerSquares;
    private ulong _carry;

    public long Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        (_integers, _integerSquares, _carry) = (0, 0, 0);
        _doubles.Clear();
        _squares.Clear();
        (_hugeSquares, _tinySquares) = (null, null);
    }

    public void Add(Int128 integer)
    {
        var magnitude = (UInt128)Int128.Abs(integer);
        Add(1, integer, magnitude * magnitude, 0);
    }

    public void Add(double value)
    {
        Count++;
        _doubles.Add(value);
        var magnitude = Math.Abs(value);
        if (!(magnitude <= double.MaxValue) || magnitude == 0)
        {
            return;
        }

        switch (magnitude)
        {
            case > Largest: AddSquare(_hugeSquares ??= new ExactSum(), Math.ScaleB(magnitude, -Scale)); break;
            case < Smallest: AddSquare(_tinySquares ??= new ExactSum(), Math.ScaleB(magnitude, Scale)); break;
            default: AddSquare(_squares, magnitude); break;
        }
    }

    public void Add(long count, Int128 integers, UInt128 squares, ulong carry)
    {
        Count += count;
        _integers += integers;
        _integerSquares += squares;
        _carry += carry + (_integerSquares < squares ? 1UL : 0);
    }

    public void Write(ByteBuffer output)
    {
        output.WriteInt64((long)_integers);
        output.WriteSigned((long)(_integers >> 64));
        output.WriteInt64((long)_integerSquares);
        output.WriteInt64((long)(_integerSquares >> 64));
        output.WriteVarint(_carry);
        output.WriteByte((byte)((_hugeSquares is null ? 0 : 1) | (_tinySquares is null ? 0 : 2)));
        _doubles.Write(output);
        _squares.Write(output);
        _hugeSquares?.Write(output);
        _tinySquares?.Write(output);
    }

    public void Merge(long count, ref ByteReader input)
    {
        var low = (ulong)input.Int64();
        var integers = new Int128((ulong)input.Signed(), low);
        low = (ulong)input.Int64();
        var squares = new UInt128((ulong)input.Int64(), low);
        Add(count, integers, squares, input.Varint());
        var flags = input.Byte();
        _doubles.Merge(ref input);
        _squares.Merge(ref input);
        if ((flags & 1) != 0)
        {
            (_hugeSquares ??= new ExactSum()).Merge(ref input);
        }

        if ((flags & 2) != 0)
        {
            (_tinySquares ??= new ExactSum()).Merge(ref input);
        }
    }

    /// <summary>The sample standard deviation of at least two values, rounded once; NaN when one of them is not finite.</summary>
    public double Deviation()
    {
        if (!_doubles.IsFinite)
        {
            return double.NaN;
        }

        var sum = new Dyadic(_integers, 0) + _doubles.ToDyadic();
        var squares = new Dyadic(_integerSquares, 0) + new Dyadic(_carry, 128) + _squares.ToDyadic()
            + Scaled(_hugeSquares, 2 * Scale) + Scaled(_tinySquares, -2 * Scale);
        var spread = (new Dyadic(Count, 0) * squares) - (sum * sum);
        return spread.SqrtOfQuotient((System.Numerics.BigInteger)Count * (Count - 1));
    }

    private static Dyadic Scaled(ExactSum? sum, int power)
    {
        var exact = sum?.ToDyadic() ?? default;
        return exact with { Exponent = exact.Exponent + power };
    }

    private static void AddSquare(ExactSum squares, double value)
    {
        var square = value * value;
        squares.Add(square);
        squares.Add(Math.FusedMultiplyAdd(value, value, -square));
    }
}
