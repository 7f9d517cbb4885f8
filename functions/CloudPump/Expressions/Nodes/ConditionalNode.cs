namespace CloudPump.Expressions;

/// <summary>`condition ? yes : no`.</summary>
internal sealed class ConditionalNode(Node condition, Node yes, Node no) : Node
{
    public override Value Evaluate(Scope scope) => condition.Test(scope) switch
    {
        Truth.True => yes.Evaluate(scope),
        Truth.False => no.Evaluate(scope),
        _ => scope.Failure,
    };
}
