namespace CloudPump.Expressions;

/// <summary>What the nodes of all macros share: going through the range with the variables set.</summary>
internal sealed class Loop(Node range, int first, int second)
{
    private static readonly EvaluationError NoRange = new("a macro goes only over a list or a map");

    /// <summary>Starts; false when the range is an error or no list or map.</summary>
    public bool TryStart(Scope scope, out Walker walker, out Value container)
    {
        walker = default;
        container = range.Evaluate(scope);
        if (container.Kind is not (ValueKind.List or ValueKind.Map))
        {
            container = container.IsError ? container : Value.OfError(NoRange);
            return false;
        }

        walker = new Walker(container);
        return true;
    }

    /// <summary>Goes on: sets the variables; false at the end.</summary>
    public bool Next(Scope scope, ref Walker walker, bool isMap)
    {
        if (!walker.Next(scope, out var key, out var value))
        {
            return false;
        }

        if (second < 0)
        {
            scope.Variables[first] = isMap ? key : value;
        }
        else
        {
            scope.Variables[first] = key;
            scope.Variables[second] = value;
        }

        return true;
    }
}
