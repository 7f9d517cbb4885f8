namespace CloudPump.Expressions;

/// <summary>
/// Which types functions take, found by trying them with a value of each type: so there is no second list that could differ from what they do.
/// </summary>
internal static class Signatures
{
    // So many unknown types are tried in all combinations; more are let pass.
    private const int MostUnknown = 2;

    private static readonly Value[][] Samples =
    [
        [Value.Null], [Value.Of(true)], [Value.Of(1L)], [Value.Of(1UL)], [Value.Of(1.0)], [Value.Of("UTC")], [Value.OfBytes([65])],
        [Value.OfTimestamp(DateTime.UnixEpoch.Ticks)], [Value.OfDuration(1)], [Value.OfList(), Value.OfList(Value.Of(1L))],
        [Value.OfMap(new MapValue([], [], 0))], [Value.OfType(ValueKind.Int)],
    ];

    /// <summary>Whether there are values of these types that the call takes.</summary>
    public static bool Takes(CallSyntax call, StaticValue[] arguments) => Takes(call, [.. arguments.Select(a => a.Kind)]);

    /// <summary>The same; null stands for any type.</summary>
    public static bool Takes(CallSyntax call, ValueKind?[] kinds)
    {
        var unknown = kinds.Count(k => k is null);
        if (kinds.Length == 0 || unknown == kinds.Length || unknown > MostUnknown || call.Function is "_==_" or "_!=_")
        {
            return true;
        }

        return Takes(call, kinds, new Value[kinds.Length], 0);
    }

    /// <summary>The types that the call would take in one place, the others being as they are.</summary>
    public static IReadOnlyList<ValueKind> Fitting(CallSyntax call, StaticValue[] arguments, int place)
    {
        ValueKind?[] kinds = [.. arguments.Select(a => a.Kind)];
        var fitting = new List<ValueKind>();
        for (var kind = ValueKind.Null; kind < ValueKind.Error; kind++)
        {
            kinds[place] = kind;
            if (Takes(call, kinds))
            {
                fitting.Add(kind);
            }
        }

        return fitting;
    }

    /// <summary>Whether a conversion such as `string(x)` takes values of a type.</summary>
    public static bool Converts(ValueKind from, ValueKind to) =>
        FunctionTable.Default.Find(KindNames.Bare(to), isMember: false, 1)?.One is { } one && !IsNone(one(new Scope(0), Samples[(int)from][0]));

    private static bool Takes(CallSyntax call, ValueKind?[] kinds, Value[] values, int at)
    {
        if (at == kinds.Length)
        {
            return Takes(call, values);
        }

        var (from, to) = kinds[at] is { } known ? (known, known) : (ValueKind.Null, ValueKind.Type);
        for (var kind = from; kind <= to; kind++)
        {
            foreach (var sample in Samples[(int)kind])
            {
                values[at] = sample;
                if (Takes(call, kinds, values, at + 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Takes(CallSyntax call, Value[] values)
    {
        if (call.Function is "_<_" or "_<=_" or "_>_" or "_>=_")
        {
            return Ordering.Of(values[0], values[1]) != Ordering.None;
        }

        var scope = new Scope(0);
        return FunctionTable.Default.Find(call.Function, call.IsMember, values.Length) switch
        {
            { One: { } one } => !IsNone(one(scope, values[0])),
            { Two: { } two } => !IsNone(two(scope, values[0], values[1])),
            { Many: { } many } => !IsNone(many(scope, values)),
            _ => true,
        };
    }

    private static bool IsNone(in Value value) => ReferenceEquals(value.Reference, Overload.None.Reference);
}
