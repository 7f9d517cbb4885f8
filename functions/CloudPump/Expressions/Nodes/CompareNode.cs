namespace CloudPump.Expressions;

/// <summary>`a &lt; b` and its like over any values.</summary>
internal sealed class CompareNode(Comparison comparison, string symbol, Node left, Node right) : BoolNode
{
    private readonly OverloadError _noOverload = new(symbol);

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

        var order = Ordering.Of(a, b);
        return order == Ordering.None ? scope.Fail(_noOverload.For(a.Kind, b.Kind)) : Of(((int)comparison & order) != 0);
    }
}
