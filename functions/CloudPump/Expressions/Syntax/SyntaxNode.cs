namespace CloudPump.Expressions;

/// <summary>A node of the tree that the parser makes: immutable, with its place in the text.</summary>
internal abstract class SyntaxNode(int offset, int depth)
{
    public int Offset { get; } = offset;

    /// <summary>Height of the tree under this node; limited, so that walking the tree cannot overflow the stack.</summary>
    public int Depth { get; } = depth;
}
