namespace CloudPump.Expressions;

/// <summary>A node that yields true, false or an error.</summary>
internal abstract class BoolNode : Node
{
    public abstract override Truth Test(Scope scope);

    public sealed override Value Evaluate(Scope scope)
    {
        var truth = Test(scope);
        return truth == Truth.Failed ? scope.Failure : Value.Of(truth == Truth.True);
    }

    protected static Truth Of(bool value) => value ? Truth.True : Truth.False;
}
