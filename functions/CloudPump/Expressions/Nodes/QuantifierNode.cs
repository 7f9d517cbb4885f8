namespace CloudPump.Expressions;

/// <summary>`all` (with the deciding outcome False) and `exists` (True): the deciding outcome wins over errors.</summary>
internal sealed class QuantifierNode(Loop loop, Truth deciding, Node body) : BoolNode
{
    public override Truth Test(Scope scope)
    {
        if (!loop.TryStart(scope, out var walker, out var container))
        {
            return scope.Fail(container);
        }

        var failed = false;
        Value failure = default;
        while (loop.Next(scope, ref walker, container.Kind == ValueKind.Map))
        {
            if (!scope.Spend())
            {
                return scope.Fail(EvaluationError.TooMuchWork);
            }

            var truth = body.Test(scope);
            if (truth == deciding)
            {
                return deciding;
            }

            if (truth == Truth.Failed && !failed)
            {
                failed = true;
                failure = scope.Failure;
            }
        }

        return failed ? scope.Fail(failure) : Of(deciding == Truth.False);
    }
}
