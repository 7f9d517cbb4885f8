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

    // As CEL's own suite has it: within the range of the integer both compare as doubles.
    public static int Of(long a, double b) => b switch
    {
        > 9223372036854775808.0 => Less,
        < -9223372036854775808.0 => Greater,
        _ => Of((double)a, b),
    };

    private static int Of(ulong a, ulong b) => a < b ? Less : a == b ? Same : Greater;

    private static int Of(ulong a, double b) => b switch
    {
        > 18446744073709551616.0 => Less,
        < 0 => Greater,
        _ => Of((double)a, b),
    };

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
