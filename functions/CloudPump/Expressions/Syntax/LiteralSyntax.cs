namespace CloudPump.Expressions;

/// <summary>A literal.</summary>
internal sealed class LiteralSyntax(int offset, Value value) : SyntaxNode(offset, 1)
{
    public Value Value { get; } = value;
}
