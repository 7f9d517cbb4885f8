namespace CloudPump.Expressions;

/// <summary>`operand.key` or `operand['key']`.</summary>
internal sealed class SelectNode(Node operand, string key) : Node
{
    private readonly KeySelector _selector = new(key);

    public override Value Evaluate(Scope scope) => _selector.Select(operand.Evaluate(scope), scope);
}
