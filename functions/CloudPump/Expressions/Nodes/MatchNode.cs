namespace CloudPump.Expressions;

/// <summary>`matches` with a constant pattern, which is compiled once.</summary>
internal sealed class MatchNode(Node operand, Pattern pattern) : BoolNode
{
    private OverloadError? _noOverload;

    public override Truth Test(Scope scope)
    {
        var value = operand.Evaluate(scope);
        if (value.Kind == ValueKind.String)
        {
            return Of(pattern.IsMatch(value.Bytes, scope));
        }

        return scope.Fail(value.IsError ? value : (_noOverload ??= new OverloadError("matches")).For(value.Kind, ValueKind.String));
    }
}
