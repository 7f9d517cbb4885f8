using System.Runtime.CompilerServices;

namespace CloudPump.Expressions;

/// <summary>The order of two values, as outcomes of <see cref="Comparison"/>; numbers of all three types compare by value.</summary>
internal static class Ordering
{
    public const int None = 0;
    public const int Less = 1;
    public const int Same = 2;
    public const int Greater = 4;
    public const int Unordered = 8;

    public static int Of(in Value a, in Value b)
    {
        if (a.Kind == b.Kind)
        {
            return OfSame(a, b);
        }

        return (a.Kind, b.Kind) switch
        {
            (ValueKind.Int, ValueKind.UInt) => a.AsInt < 0 ? Less : Of(a.AsUInt, b.AsUInt),
            (ValueKind.UInt, ValueKind.Int) => b.AsInt < 0 ? Greater : Of(a.AsUInt, b.AsUInt),
            (ValueKind.Int, ValueKind.Double) => Of(a.AsInt, b.AsDouble),
            (ValueKind.Double, ValueKind.Int) => Reverse(Of(b.AsInt, a.AsDouble)),
            (ValueKind.UInt, ValueKind.Double) => Of(a.AsUInt, b.AsDouble),
            (ValueKind.Double, ValueKind.UInt) => Reverse(Of(b.AsUInt, a.AsDouble)),
            _ => None,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(long a, long b) => a < b ? Less : a == b ? Same : Greater;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(double a, double b) => a < b ? Less : a == b ? Same : a > b ? Greater : Unordered;

    // Exact: no integer is rounded to a double.
    public static int Of(long a, double b)
    {
        if (double.IsNaN(b))
        {
            return Unordered;
        }

        if (b >= 9223372036854775808.0)
        {
            return Less;
        }

        if (b < -9223372036854775808.0)
        {
            return Greater;
        }

        var whole = (long)b;
        return a == whole ? Of(0.0, b - Math.Truncate(b)) : Of(a, whole);
    }

    private static int Of(ulong a, ulong b) => a < b ? Less : a == b ? Same : Greater;

    private static int Of(ulong a, double b)
    {
        if (double.IsNaN(b))
        {
            return Unordered;
        }

        if (b >= 18446744073709551616.0)
        {
            return Less;
        }

        if (b < 0)
        {
            return Greater;
        }

        var whole = (ulong)b;
        return a == whole ? Of(0.0, b - Math.Truncate(b)) : Of(a, whole);
    }

    private static int OfSame(in Value a, in Value b) => a.Kind switch
    {
        ValueKind.Int or ValueKind.Bool or ValueKind.Duration => Of(a.AsInt, b.AsInt),
        ValueKind.UInt => Of(a.AsUInt, b.AsUInt),
        ValueKind.Double => Of(a.AsDouble, b.AsDouble),
        ValueKind.String or ValueKind.Bytes => Of(a.Bytes.SequenceCompareTo(b.Bytes), 0L),
        ValueKind.Timestamp => a.Ticks != b.Ticks ? Of(a.Ticks, b.Ticks) : Of(a.Nanos, (long)b.Nanos),
        _ => None,
    };

    private static int Reverse(int order) => order switch
    {
        Less => Greater,
        Greater => Less,
        _ => order,
    };
}
