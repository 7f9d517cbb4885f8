namespace CloudPump.Expressions;

/// <summary>The math extension's functions of bits.</summary>
internal static class BitFunctions
{
    private static readonly EvaluationError NegativeShift = new("bits cannot be shifted by a negative count");

    public static IEnumerable<Overload> All =>
    [
        OfBoth("math.bitAnd", (a, b) => a & b),
        OfBoth("math.bitOr", (a, b) => a | b),
        OfBoth("math.bitXor", (a, b) => a ^ b),
        Overload.Of("math.bitNot", false, (Scope _, in Value a) => IsInteger(a) ? new Value(a.Kind, ~a.AsInt) : Overload.None),
        Overload.Of("math.bitShiftLeft", false, (Scope _, in Value a, in Value count) => Shift(a, count, isLeft: true)),
        Overload.Of("math.bitShiftRight", false, (Scope _, in Value a, in Value count) => Shift(a, count, isLeft: false)),
    ];

    private static Overload OfBoth(string name, Func<long, long, long> body) => Overload.Of(
        name,
        false,
        (Scope _, in Value a, in Value b) => IsInteger(a) && a.Kind == b.Kind ? new Value(a.Kind, body(a.AsInt, b.AsInt)) : Overload.None);

    private static bool IsInteger(in Value value) => value.Kind is ValueKind.Int or ValueKind.UInt;

    private static Value Shift(in Value a, in Value count, bool isLeft)
    {
        if (!IsInteger(a) || count.Kind != ValueKind.Int)
        {
            return Overload.None;
        }

        if (count.AsInt < 0)
        {
            return Value.OfError(NegativeShift);
        }

        if (count.AsInt > 63)
        {
            return new Value(a.Kind, 0);
        }

        // The sign is a bit as any other.
        return new Value(a.Kind, isLeft ? a.AsInt << (int)count.AsInt : (long)(a.AsUInt >> (int)count.AsInt));
    }
}
