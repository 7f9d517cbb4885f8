namespace CloudPump.Expressions;

/// <summary>A call with two arguments.</summary>
internal sealed class CallNode2(string name, Function2 function, Node first, Node second) : Node
{
    private readonly OverloadError _noOverload = new(name);

    public override Value Evaluate(Scope scope)
    {
        var a = first.Evaluate(scope);
        if (a.IsError)
        {
            return a;
        }

        var b = second.Evaluate(scope);
        if (b.IsError)
        {
            return b;
        }

        var result = function(scope, a, b);
        return ReferenceEquals(result.Reference, Overload.None.Reference) ? _noOverload.For(a.Kind, b.Kind) : result;
    }
}
