namespace CloudPump.Expressions;

/// <summary>A call with one argument.</summary>
internal sealed class CallNode1(string name, Function1 function, Node argument) : Node
{
    private readonly OverloadError _noOverload = new(name);

    public override Value Evaluate(Scope scope)
    {
        var a = argument.Evaluate(scope);
        if (a.IsError)
        {
            return a;
        }

        var result = function(scope, a);
        return ReferenceEquals(result.Reference, Overload.None.Reference) ? _noOverload.For(a.Kind) : result;
    }
}
