namespace CloudPump.Expressions;

/// <summary>`{a: b}`: keys and values in turn.</summary>
internal sealed class MapSyntax(int offset, IReadOnlyList<SyntaxNode> entries)
    : SyntaxNode(offset, 1 + (entries.Count == 0 ? 0 : entries.Max(a => a.Depth)))
{
    public IReadOnlyList<SyntaxNode> Entries { get; } = entries;
}
