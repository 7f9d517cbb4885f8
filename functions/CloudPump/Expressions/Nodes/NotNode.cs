namespace CloudPump.Expressions;

/// <summary>`!a`.</summary>
internal sealed class NotNode(Node operand) : BoolNode
{
    public override Truth Test(Scope scope) => operand.Test(scope) switch
    {
        Truth.False => Truth.True,
        Truth.True => Truth.False,
        _ => Truth.Failed,
    };
}
