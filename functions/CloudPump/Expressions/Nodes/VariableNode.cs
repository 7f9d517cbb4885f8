namespace CloudPump.Expressions;

/// <summary>A variable of a macro.</summary>
internal sealed class VariableNode(int index) : Node
{
    public override Value Evaluate(Scope scope) => scope.Variables[index];
}
