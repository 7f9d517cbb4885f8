using System.Runtime.CompilerServices;
using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Analyzers;

/// <summary>What an analyzer reads of an event: an expression, and the short way when it is just a field.</summary>
internal struct EventInput(CompiledExpression expression)
{
    private readonly bool _isField = expression.Field is not null;
    private FieldHint _hint = new(expression.Field ?? 0);

    /// <summary>The field's slot; Missing when the event has no such field or this is no plain field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Slot(EventBatch batch, int row) => _isField ? _hint.Read(batch, row) : default;

    /// <summary>The value by the long way.</summary>
    public readonly Value Evaluate(EventBatch batch, int row)
    {
        // A field called `bytes` or `int` that is not there is missing here, not the type of that name.
        var value = expression.Evaluate(batch, row);
        return _isField && value.Kind == ValueKind.Type ? Value.Null : value;
    }
}
