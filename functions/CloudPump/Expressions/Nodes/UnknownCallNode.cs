namespace CloudPump.Expressions;

/// <summary>A call of an unknown function in an expression that was not checked: it fails.</summary>
internal sealed class UnknownCallNode(string name) : Node
{
    private readonly Value _error = Value.OfError(new EvaluationError($"there is no function '{name}' for these arguments"));

    public override Value Evaluate(Scope scope) => _error;
}
