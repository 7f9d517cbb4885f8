using CloudPump.Expressions;

namespace CloudPump.Analyzers;

/// <summary>The option `having`: takes back results that do not meet it.</summary>
internal sealed class HavingFilter(Expression? having)
{
    private Condition? _condition;

    /// <summary>Whether the result that was added last stays.</summary>
    public bool Admits(ResultBatch results, int row)
    {
        if (having is null)
        {
            return true;
        }

        _condition ??= having.CompileCondition(results.Events.Fields);
        return _condition.Test(results.Events, row, out _);
    }

    /// <summary>Takes the result that was added last back, unless it meets the condition.</summary>
    public void Apply(ResultBatch results, int row)
    {
        if (!Admits(results, row))
        {
            results.TakeBack();
        }
    }
}
