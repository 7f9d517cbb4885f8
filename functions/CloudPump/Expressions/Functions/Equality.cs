namespace CloudPump.Expressions;

/// <summary>CEL's equality: values of different types are unequal, numbers compare by value, lists and maps by their content.</summary>
internal static class Equality
{
    private const int MaxDepth = 128;

    public static Truth Of(in Value a, in Value b, Scope scope, int depth = 0)
    {
        if (a.Kind is not (ValueKind.List or ValueKind.Map) || a.Kind != b.Kind)
        {
            return OfScalars(a, b) ? Truth.True : Truth.False;
        }

        if (depth >= MaxDepth)
        {
            return scope.Fail(EvaluationError.TooDeep);
        }

        return a.Kind == ValueKind.List ? OfLists(a, b, scope, depth + 1) : OfMaps(a, b, scope, depth + 1);
    }

    public static bool OfScalars(in Value a, in Value b)
    {
        if (a.Kind == ValueKind.String)
        {
            return b.Kind == ValueKind.String && a.Bytes.SequenceEqual(b.Bytes);
        }

        if (a.Kind == b.Kind && a.Kind is ValueKind.Null or ValueKind.Type)
        {
            return a.AsInt == b.AsInt;
        }

        return Ordering.Of(a, b) == Ordering.Same;
    }

    private static Truth OfLists(in Value a, in Value b, Scope scope, int depth)
    {
        var left = new Walker(a);
        var right = new Walker(b);
        while (true)
        {
            var more = left.Next(scope, out _, out var x);
            if (more != right.Next(scope, out _, out var y))
            {
                return Truth.False;
            }

            if (!more)
            {
                return Truth.True;
            }

            if (!scope.Spend())
            {
                return scope.Fail(EvaluationError.TooMuchWork);
            }

            var truth = Of(x, y, scope, depth);
            if (truth != Truth.True)
            {
                return truth;
            }
        }
    }

    private static Truth OfMaps(in Value a, in Value b, Scope scope, int depth)
    {
        var entries = new Walker(a);
        var count = 0L;
        for (; entries.Next(scope, out var key, out var x); count++)
        {
            if (!scope.Spend())
            {
                return scope.Fail(EvaluationError.TooMuchWork);
            }

            if (!Containers.TryGet(b, key, scope, out var y))
            {
                return Truth.False;
            }

            var truth = Of(x, y, scope, depth);
            if (truth != Truth.True)
            {
                return truth;
            }
        }

        return count == Containers.Count(b, scope) ? Truth.True : Truth.False;
    }
}
