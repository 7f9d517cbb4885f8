namespace CloudPump.Expressions;

/// <summary>`a &amp;&amp; b`: false if any is false, even where others fail.</summary>
internal sealed class AndNode(Node[] operands) : BoolNode
{
    public override Truth Test(Scope scope)
    {
        var result = Truth.True;
        Value failure = default;
        foreach (var operand in operands)
        {
            var truth = operand.Test(scope);
            if (truth == Truth.False)
            {
                return Truth.False;
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
