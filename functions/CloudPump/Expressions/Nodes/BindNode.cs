namespace CloudPump.Expressions;

/// <summary>`cel.bind(name, value, body)`.</summary>
internal sealed class BindNode(int variable, Node value, Node body) : Node
{
    public override Value Evaluate(Scope scope)
    {
        scope.Variables[variable] = value.Evaluate(scope);
        return body.Evaluate(scope);
    }
}
