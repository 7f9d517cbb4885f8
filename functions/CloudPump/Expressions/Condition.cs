using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>An expression that decides about an event, bound to the fields of one running pipeline; used by one thread at a time.</summary>
public sealed class Condition
{
    private readonly Node _root;
    private readonly Scope _scope;

    internal Condition(Node root, Scope scope)
    {
        _root = root;
        _scope = scope;
    }

    /// <summary>
    /// Whether the event meets the condition. A field or key that is not there makes it false; any other failure gives false and a reason,
    /// which holds no values of the event.
    /// </summary>
    public bool Test(EventBatch batch, int row, out string? error)
    {
        _scope.Begin(batch, row);
        error = null;
        var truth = _root.Test(_scope);
        if (truth == Truth.Failed && !_scope.Failure.IsMissing)
        {
            error = _scope.Failure.Reason;
        }

        return truth == Truth.True;
    }
}
