namespace CloudPump.Expressions;

/// <summary>`map`, `filter`, `transformList` and `transformMap`: a new list or map.</summary>
internal sealed class TransformNode(Loop loop, int keyVariable, bool makesMap, Node? filter, Node body) : Node
{
    public override Value Evaluate(Scope scope)
    {
        if (!loop.TryStart(scope, out var walker, out var container))
        {
            return container;
        }

        var keys = new List<Value>();
        var values = new List<Value>();
        while (loop.Next(scope, ref walker, container.Kind == ValueKind.Map))
        {
            if (!scope.Spend())
            {
                return Value.OfError(EvaluationError.TooMuchWork);
            }

            var kept = filter?.Test(scope) ?? Truth.True;
            if (kept != Truth.True)
            {
                if (kept == Truth.Failed)
                {
                    return scope.Failure;
                }

                continue;
            }

            var key = scope.Variables[keyVariable];
            var value = body.Evaluate(scope);
            if (value.IsError)
            {
                return value;
            }

            keys.Add(key);
            values.Add(value);
        }

        return makesMap
            ? Value.OfMap(new MapValue([.. keys], [.. values], values.Count))
            : Value.OfList([.. values]);
    }
}
