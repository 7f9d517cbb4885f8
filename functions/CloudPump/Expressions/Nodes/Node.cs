namespace CloudPump.Expressions;

/// <summary>A node of a compiled expression.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(Scope scope);

    /// <summary>Evaluates to true or false; anything else fails.</summary>
    public virtual Truth Test(Scope scope)
    {
        var value = Evaluate(scope);
        if (value.Kind == ValueKind.Bool)
        {
            return value.AsBool ? Truth.True : Truth.False;
        }

        return value.IsError ? scope.Fail(value) : scope.Fail(EvaluationError.NotBool);
    }
}
