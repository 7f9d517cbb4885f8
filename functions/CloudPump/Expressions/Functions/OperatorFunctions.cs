namespace CloudPump.Expressions;

/// <summary>The arithmetic operators, indexing, `in`, and `size`.</summary>
internal static class OperatorFunctions
{
    public static IEnumerable<Overload> All =>
    [
        Overload.Of("_+_", false, Add),
        Overload.Of("_-_", false, Subtract),
        Overload.Of("_*_", false, Multiply),
        Overload.Of("_/_", false, Divide),
        Overload.Of("_%_", false, Modulo),
        Overload.Of("-_", false, Negate),
        Overload.Of("_[_]", false, Containers.Index),
        Overload.Of("@in", false, Containers.In),
        Overload.Of("size", false, Size),
        Overload.Of("size", true, Size),
        Overload.Of("dyn", false, (Scope _, in Value a) => a),
        Overload.Of("type", false, (Scope _, in Value a) => Value.OfType(a.Kind)),
    ];

    private static Value Overflow => Value.OfError(EvaluationError.Overflow);

    private static Value Add(Scope scope, in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Checked((Int128)a.AsInt + b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => CheckedUnsigned((UInt128)a.AsUInt + b.AsUInt),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble + b.AsDouble),
        (ValueKind.String, ValueKind.String) or (ValueKind.Bytes, ValueKind.Bytes) => Concatenate(scope, a, b),
        (ValueKind.List, ValueKind.List) => ConcatenateLists(scope, a, b),
        (ValueKind.Timestamp, ValueKind.Duration) => TimeMath.Shift(a, b.DurationNanos),
        (ValueKind.Duration, ValueKind.Timestamp) => TimeMath.Shift(b, a.DurationNanos),
        (ValueKind.Duration, ValueKind.Duration) => TimeMath.Duration((Int128)a.DurationNanos + b.DurationNanos),
        _ => Overload.None,
    };

    private static Value Subtract(Scope scope, in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Checked((Int128)a.AsInt - b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => a.AsUInt >= b.AsUInt ? Value.Of(a.AsUInt - b.AsUInt) : Overflow,
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble - b.AsDouble),
        (ValueKind.Timestamp, ValueKind.Duration) => TimeMath.Shift(a, -(Int128)b.DurationNanos),
        (ValueKind.Timestamp, ValueKind.Timestamp) => TimeMath.Duration(TimeMath.Total(a) - TimeMath.Total(b)),
        (ValueKind.Duration, ValueKind.Duration) => TimeMath.Duration((Int128)a.DurationNanos - b.DurationNanos),
        _ => Overload.None,
    };

    private static Value Multiply(Scope scope, in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Checked((Int128)a.AsInt * b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => CheckedUnsigned((UInt128)a.AsUInt * b.AsUInt),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble * b.AsDouble),
        _ => Overload.None,
    };

    private static Value Divide(Scope scope, in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) or (ValueKind.UInt, ValueKind.UInt) when b.AsInt == 0 => Value.OfError(EvaluationError.DivideByZero),
        (ValueKind.Int, ValueKind.Int) => Checked((Int128)a.AsInt / b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => Value.Of(a.AsUInt / b.AsUInt),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble / b.AsDouble),
        _ => Overload.None,
    };

    private static Value Modulo(Scope scope, in Value a, in Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) or (ValueKind.UInt, ValueKind.UInt) when b.AsInt == 0 => Value.OfError(EvaluationError.DivideByZero),
        (ValueKind.Int, ValueKind.Int) => b.AsInt == -1 ? (a.AsInt == long.MinValue ? Overflow : Value.Of(0L)) : Value.Of(a.AsInt % b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => Value.Of(a.AsUInt % b.AsUInt),
        _ => Overload.None,
    };

    private static Value Negate(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.Int => Checked(-(Int128)a.AsInt),
        ValueKind.Double => Value.Of(-a.AsDouble),
        ValueKind.Duration => TimeMath.Duration(-(Int128)a.DurationNanos),
        _ => Overload.None,
    };

    private static Value Size(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.String => Value.Of((long)Utf8Text.Count(a.Bytes)),
        ValueKind.Bytes => Value.Of((long)a.Bytes.Length),
        ValueKind.List or ValueKind.Map => Value.Of(Containers.Count(a, scope)),
        _ => Overload.None,
    };

    private static Value Checked(Int128 number) => number >= long.MinValue && number <= long.MaxValue ? Value.Of((long)number) : Overflow;

    private static Value CheckedUnsigned(UInt128 number) => number <= ulong.MaxValue ? Value.Of((ulong)number) : Overflow;

    private static Value Concatenate(Scope scope, in Value a, in Value b)
    {
        var (left, right) = (a.Bytes.Length, b.Bytes.Length);
        if (!scope.HasRoom((long)left + right))
        {
            return Value.OfError(EvaluationError.TooMuchText);
        }

        var output = scope.Reserve(left + right);
        a.Bytes.CopyTo(output);
        b.Bytes.CopyTo(output[left..]);
        return scope.Commit(left + right, a.Kind);
    }

    private static Value ConcatenateLists(Scope scope, in Value a, in Value b)
    {
        var count = Containers.Count(a, scope) + Containers.Count(b, scope);
        if (count > int.MaxValue || !scope.Spend((int)count))
        {
            return Value.OfError(EvaluationError.TooMuchWork);
        }

        var items = new Value[count];
        var at = 0;
        for (var walker = new Walker(a); walker.Next(scope, out _, out var item);)
        {
            items[at++] = item;
        }

        for (var walker = new Walker(b); walker.Next(scope, out _, out var item);)
        {
            items[at++] = item;
        }

        return Value.OfList(items);
    }
}
