namespace CloudPump.Expressions;

/// <summary>`[a, b]`.</summary>
internal sealed class ListNode(Node[] items) : Node
{
    public override Value Evaluate(Scope scope)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Evaluate(scope);
            if (values[i].IsError)
            {
                return values[i];
            }
        }

        return scope.Spend(values.Length) ? Value.OfList(values) : Value.OfError(EvaluationError.TooMuchWork);
    }
}
