namespace CloudPump.Expressions;

/// <summary>`operand.name`, or the test `has(operand.name)`.</summary>
internal sealed class SelectSyntax(int offset, SyntaxNode operand, string name, bool isTest) : SyntaxNode(offset, operand.Depth + 1)
{
    public SyntaxNode Operand { get; } = operand;

    public string Name { get; } = name;

    public bool IsTest { get; } = isTest;
}
