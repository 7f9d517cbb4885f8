namespace CloudPump.Expressions;

/// <summary>An identifier; with a leading dot it never means a macro's variable.</summary>
internal sealed class NameSyntax(int offset, string name, bool isAbsolute) : SyntaxNode(offset, 1)
{
    public string Name { get; } = name;

    public bool IsAbsolute { get; } = isAbsolute;
}
