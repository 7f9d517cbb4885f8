namespace CloudPump.Expressions;

/// <summary>The common shapes of conditions: a field against a constant.</summary>
internal static class Shapes
{
    public static Node? TryBind(CallSyntax call, Node[] arguments) => null;
}
