namespace CloudPump.Expressions;

/// <summary>Says what is wrong with the types of a call, where, and what to write instead.</summary>
internal static class TypeMistake
{
    private const int MostNamed = 4;

    public static ExpressionException Of(CallSyntax call, StaticValue[] arguments)
    {
        // A place is to blame when another type there would do, and in no other place.
        var fitting = new IReadOnlyList<ValueKind>[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            fitting[i] = arguments[i].Kind is null ? [] : Signatures.Fitting(call, arguments, i);
        }

        var place = Array.FindIndex(fitting, f => f.Count > 0);
        return place >= 0 && place == Array.FindLastIndex(fitting, f => f.Count > 0)
            ? AtPlace(call, arguments[place].Kind!.Value, fitting[place], place)
            : AtCall(call, arguments, fitting);
    }

    private static ExpressionException AtPlace(CallSyntax call, ValueKind kind, IReadOnlyList<ValueKind> fitting, int place)
    {
        var taken = fitting.Count > MostNamed ? $"'{Name(call)}' does not take {KindNames.Of(kind)}" : $"'{Name(call)}' takes {Join(fitting)} here, not {KindNames.Of(kind)}";
        var conversion = fitting.Where(f => Signatures.Converts(kind, f)).Select(f => $"; {KindNames.Bare(f)}(...) makes one of it").FirstOrDefault();
        return new ExpressionException($"{taken}{conversion}.", SyntaxStart.Of(call.Arguments[place]));
    }

    private static ExpressionException AtCall(CallSyntax call, StaticValue[] arguments, IReadOnlyList<ValueKind>[] fitting)
    {
        var types = string.Join(" and ", arguments.Select(a => a.Kind is { } kind ? KindNames.Of(kind) : "any value"));
        return new ExpressionException($"'{Name(call)}' does not take {types}{Conversion(call, arguments, fitting)}.", call.Offset);
    }

    // Of all conversions that would help, the one that is meant most often: with + to a string, else to the wider number.
    private static string Conversion(CallSyntax call, StaticValue[] arguments, IReadOnlyList<ValueKind>[] fitting)
    {
        if (call.Function is "_+_" or "_-_" && Array.Exists(arguments, a => a.Kind is ValueKind.Timestamp or ValueKind.Duration))
        {
            return "; a length of time is written duration('5m')";
        }

        ValueKind[] wanted = call.Function == "_+_"
            ? [ValueKind.String, ValueKind.Double, ValueKind.Int, ValueKind.UInt]
            : [ValueKind.Double, ValueKind.Int, ValueKind.UInt, ValueKind.Timestamp, ValueKind.Duration, ValueKind.String];
        foreach (var kind in wanted.Where(w => Array.Exists(arguments, a => a.Kind == w)))
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                if (fitting[i].Contains(kind) && Signatures.Converts(arguments[i].Kind!.Value, kind))
                {
                    return $"; write {KindNames.Bare(kind)}(...) around the {KindNames.Bare(arguments[i].Kind!.Value)}";
                }
            }
        }

        return "";
    }

    private static string Name(CallSyntax call) => call.Function == "_[_]" ? "[]" : call.Function.Trim('_', '@');

    private static string Join(IReadOnlyList<ValueKind> kinds) => kinds.Count == 1
        ? KindNames.Of(kinds[0])
        : $"{string.Join(", ", kinds.Take(kinds.Count - 1).Select(KindNames.Of))} or {KindNames.Of(kinds[^1])}";
}
