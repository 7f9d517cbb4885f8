namespace CloudPump.Expressions;

/// <summary>`a == b` or `a != b` over any values.</summary>
internal sealed class EqualNode(bool isNegated, Node left, Node right) : BoolNode
{
    public override Truth Test(Scope scope)
    {
        var a = left.Evaluate(scope);
        if (a.IsError)
        {
            return scope.Fail(a);
        }

        var b = right.Evaluate(scope);
        if (b.IsError)
        {
            return scope.Fail(b);
        }

        var truth = Equality.Of(a, b, scope);
        return truth == Truth.Failed ? truth : Of((truth == Truth.True) != isNegated);
    }
}
