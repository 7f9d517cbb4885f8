using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>An expression bound to the fields of one running pipeline; used by one thread at a time.</summary>
public sealed class CompiledExpression
{
    private readonly Node _root;
    private readonly Scope _scope;

    internal CompiledExpression(Node root, Scope scope)
    {
        _root = root;
        _scope = scope;
    }

    /// <summary>The field, when the expression is nothing but a field's name; a caller may then read its slot itself.</summary>
    internal ushort? Field => (_root as FieldNode)?.Field;

    /// <summary>The expression's value for an event; an error is a value too. Valid until the next evaluation of this expression.</summary>
    public Value Evaluate(EventBatch batch, int row)
    {
        _scope.Begin(batch, row);
        return _root.Evaluate(_scope);
    }
}
