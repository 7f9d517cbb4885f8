namespace CloudPump.Expressions;

/// <summary>An expanded macro over a list or map, such as `tags.exists(t, t == 'vip')`.</summary>
internal sealed class LoopSyntax(
    int offset, LoopKind kind, SyntaxNode range, string variable, string? second, SyntaxNode? filter, SyntaxNode body)
    : SyntaxNode(offset, 1 + Math.Max(range.Depth, Math.Max(filter?.Depth ?? 0, body.Depth)))
{
    public LoopKind Kind { get; } = kind;

    public SyntaxNode Range { get; } = range;

    /// <summary>The item or key; with two variables the index or key.</summary>
    public string Variable { get; } = variable;

    /// <summary>With two variables the item or the key's value.</summary>
    public string? Second { get; } = second;

    public SyntaxNode? Filter { get; } = filter;

    public SyntaxNode Body { get; } = body;
}
