namespace CloudPump.Expressions;

/// <summary>A call of a function or an operator; a receiver is the first argument.</summary>
internal sealed class CallSyntax(int offset, string function, bool isMember, IReadOnlyList<SyntaxNode> arguments)
    : SyntaxNode(offset, 1 + (arguments.Count == 0 ? 0 : arguments.Max(a => a.Depth)))
{
    public string Function { get; } = function;

    public bool IsMember { get; } = isMember;

    public IReadOnlyList<SyntaxNode> Arguments { get; } = arguments;
}
