namespace CloudPump.Expressions;

/// <summary>A literal.</summary>
internal sealed class LiteralSyntax(int offset, Value value, int end = 0) : SyntaxNode(offset, 1)
{
    public Value Value { get; } = value;

    /// <summary>The position after a literal that was written as one token.</summary>
    public int End { get; } = end;
}
