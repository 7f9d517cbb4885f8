namespace CloudPump.Expressions;

/// <summary>`a || b`: true if any is true, even where others fail.</summary>
internal sealed class OrNode(Node[] operands) : BoolNode
{
    public override Truth Test(Scope scope)
    {
        var result = Truth.False;
        Value failure = default;
        foreach (var operand in operands)
        {
            var truth = operand.Test(scope);
            if (truth == Truth.True)
            {
                return Truth.True;
            }

            if (truth == Truth.Failed && result != Truth.Failed)
            {
                failure = scope.Failure;
                result = Truth.Failed;
            }
        }

        return result == Truth.Failed ? scope.Fail(failure) : result;
    }
}
