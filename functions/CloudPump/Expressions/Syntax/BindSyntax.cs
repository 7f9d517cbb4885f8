namespace CloudPump.Expressions;

/// <summary>`cel.bind(name, value, body)`.</summary>
internal sealed class BindSyntax(int offset, string variable, SyntaxNode value, SyntaxNode body)
    : SyntaxNode(offset, 1 + Math.Max(value.Depth, body.Depth))
{
    public string Variable { get; } = variable;

    public SyntaxNode Value { get; } = value;

    public SyntaxNode Body { get; } = body;
}
