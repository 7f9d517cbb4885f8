namespace CloudPump.Expressions;

/// <summary>A constant.</summary>
internal sealed class ConstantNode(Value value) : Node
{
    public Value Value { get; } = value;

    public override Value Evaluate(Scope scope) => Value;
}
