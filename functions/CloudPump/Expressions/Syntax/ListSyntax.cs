namespace CloudPump.Expressions;

/// <summary>`[a, b]`.</summary>
internal sealed class ListSyntax(int offset, IReadOnlyList<SyntaxNode> items)
    : SyntaxNode(offset, 1 + (items.Count == 0 ? 0 : items.Max(a => a.Depth)))
{
    public IReadOnlyList<SyntaxNode> Items { get; } = items;
}
