namespace CloudPump.Expressions;

/// <summary>`ip_in` with constant networks, which are read once.</summary>
internal sealed class IpInNode(Node operand, IpNetwork[] networks, ValueKind given) : BoolNode
{
    private OverloadError? _noOverload;

    public override Truth Test(Scope scope)
    {
        var address = operand.Evaluate(scope);
        if (address.Kind == ValueKind.String)
        {
            var result = IpFunctions.In(address, networks);
            return result.IsError ? scope.Fail(result) : Of(result.AsBool);
        }

        return scope.Fail(address.IsError ? address : (_noOverload ??= new OverloadError("ip_in")).For(address.Kind, given));
    }
}
