using System.Numerics;

namespace CloudPump.Analyzers.Measures;

/// <summary>A whole number times a power of two: what doubles, their sums and their products are, exactly.</summary>
/// <param name="Mantissa">The whole number.</param>
/// <param name="Exponent">The power.</param>
internal readonly record struct Dyadic(BigInteger Mantissa, int Exponent)
{
    // The quotient under the root gets this many bits, so that the root has 62 or 63: more than the 53 of a double and the one that decides its rounding.
    private const int QuotientBits = 125;

    /// <summary>A finite double.</summary>
    public static Dyadic Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7ff;
        var fraction = bits & ((1L << 52) - 1);
        fraction |= exponent == 0 ? 0 : 1L << 52;
        return new Dyadic(bits < 0 ? -fraction : fraction, Math.Max(exponent, 1) - 1075);
    }

    public static Dyadic operator +(in Dyadic left, in Dyadic right)
    {
        if (left.Mantissa.IsZero || right.Mantissa.IsZero)
        {
            return left.Mantissa.IsZero ? right : left;
        }

        var exponent = Math.Min(left.Exponent, right.Exponent);
        return new Dyadic((left.Mantissa << (left.Exponent - exponent)) + (right.Mantissa << (right.Exponent - exponent)), exponent);
    }

    public static Dyadic operator -(in Dyadic left, in Dyadic right) => left + new Dyadic(-right.Mantissa, right.Exponent);

    public static Dyadic operator *(in Dyadic left, in Dyadic right) => new(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The square root of this divided by a positive number, rounded once; this must not be negative.</summary>
    public double SqrtOfQuotient(BigInteger divisor)
    {
        if (Mantissa.IsZero)
        {
            return 0;
        }

        // An even power of two remains, so that its root is a power of two.
        var shift = (int)(QuotientBits + divisor.GetBitLength() - Mantissa.GetBitLength());
        shift += (Exponent - shift) & 1;
        var quotient = shift >= 0
            ? BigInteger.DivRem(Mantissa << shift, divisor, out var rest)
            : BigInteger.DivRem(Mantissa, divisor << -shift, out rest);
        var root = Root((UInt128)quotient, out var isExact);

        // What lies below decides only whether it is exactly half of the last place: one bit says that.
        root |= isExact && rest.IsZero ? 0UL : 1;
        return Math.ScaleB((double)root, (Exponent - shift) / 2);
    }

    // Newton's step from the root of the rounded number, then by ones to the floor of the root.
    private static ulong Root(UInt128 square, out bool isExact)
    {
        var root = (UInt128)Math.Sqrt((double)square);
        root = (root + (square / root)) >> 1;
        while (root * root > square)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= square)
        {
            root++;
        }

        isExact = root * root == square;
        return (ulong)root;
    }
}
