namespace CloudPump.Expressions;

/// <summary>`exists_one`: true for exactly one; any error fails.</summary>
internal sealed class ExistsOneNode(Loop loop, Node body) : BoolNode
{
    public override Truth Test(Scope scope)
    {
        if (!loop.TryStart(scope, out var walker, out var container))
        {
            return scope.Fail(container);
        }

        var count = 0;
        while (loop.Next(scope, ref walker, container.Kind == ValueKind.Map))
        {
            if (!scope.Spend())
            {
                return scope.Fail(EvaluationError.TooMuchWork);
            }

            var truth = body.Test(scope);
            if (truth == Truth.Failed)
            {
                return truth;
            }

            count += truth == Truth.True ? 1 : 0;
        }

        return Of(count == 1);
    }
}
