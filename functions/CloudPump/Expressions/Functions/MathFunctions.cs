namespace CloudPump.Expressions;

/// <summary>The math extension, but for bits.</summary>
internal static class MathFunctions
{
    public static IEnumerable<Overload> All =>
    [
        Overload.Of("math.greatest", false, -1, (scope, v) => Extreme(scope, v, Ordering.Greater)),
        Overload.Of("math.least", false, -1, (scope, v) => Extreme(scope, v, Ordering.Less)),
        OfDouble("math.ceil", d => Value.Of(Math.Ceiling(d))),
        OfDouble("math.floor", d => Value.Of(Math.Floor(d))),
        OfDouble("math.round", d => Value.Of(Math.Round(d, MidpointRounding.AwayFromZero))),
        OfDouble("math.trunc", d => Value.Of(Math.Truncate(d))),
        OfDouble("math.isNaN", d => Value.Of(double.IsNaN(d))),
        OfDouble("math.isInf", d => Value.Of(double.IsInfinity(d))),
        OfDouble("math.isFinite", d => Value.Of(double.IsFinite(d))),
        Overload.Of("math.sqrt", false, (Scope _, in Value a) => a.Kind switch
        {
            ValueKind.Double => Value.Of(Math.Sqrt(a.AsDouble)),
            ValueKind.Int => Value.Of(Math.Sqrt(a.AsInt)),
            ValueKind.UInt => Value.Of(Math.Sqrt(a.AsUInt)),
            _ => Overload.None,
        }),
        Overload.Of("math.abs", false, Absolute),
        Overload.Of("math.sign", false, Sign),
    ];

    private static Overload OfDouble(string name, Func<double, Value> body) =>
        Overload.Of(name, false, (Scope _, in Value a) => a.Kind == ValueKind.Double ? body(a.AsDouble) : Overload.None);

    private static Value Absolute(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.UInt => a,
        ValueKind.Int => a.AsInt == long.MinValue ? Value.OfError(EvaluationError.Overflow) : Value.Of(Math.Abs(a.AsInt)),
        ValueKind.Double => Value.Of(Math.Abs(a.AsDouble)),
        _ => Overload.None,
    };

    private static Value Sign(Scope scope, in Value a) => a.Kind switch
    {
        ValueKind.UInt => Value.Of(a.AsUInt == 0 ? 0UL : 1UL),
        ValueKind.Int => Value.Of((long)Math.Sign(a.AsInt)),
        ValueKind.Double => double.IsNaN(a.AsDouble) ? a : Value.Of((double)Math.Sign(a.AsDouble)),
        _ => Overload.None,
    };

    // Of one list its items, else of the arguments.
    private static Value Extreme(Scope scope, ReadOnlySpan<Value> arguments, int wanted)
    {
        if (arguments.Length > 1 || arguments[0].Kind != ValueKind.List)
        {
            return Extreme(arguments, wanted);
        }

        Value best = default;
        var any = false;
        for (var walker = new Walker(arguments[0]); walker.Next(scope, out _, out var item); any = true)
        {
            best = any ? Extreme([best, item], wanted) : Extreme([item], wanted);
            if (best.IsError || !scope.Spend())
            {
                return best.IsError ? best : Value.OfError(EvaluationError.TooMuchWork);
            }
        }

        return any ? best : Overload.None;
    }

    private static Value Extreme(ReadOnlySpan<Value> values, int wanted)
    {
        var best = values[0];
        foreach (var value in values)
        {
            if (value.Kind is not (ValueKind.Int or ValueKind.UInt or ValueKind.Double))
            {
                return Overload.None;
            }

            best = Ordering.Of(value, best) == wanted ? value : best;
        }

        return best;
    }
}
