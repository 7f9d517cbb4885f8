using CloudPump.Events;
using CloudPump.Expressions;

namespace CloudPump.Transformers;

/// <summary>A field and the expression that gives its value.</summary>
internal sealed class Assignment(FieldPath target, string text, CompiledExpression value, ushort scratch)
{
    /// <summary>The field.</summary>
    public FieldPath Target => target;

    /// <summary>Sets the field; false when the expression fails, and the event is a dead letter.</summary>
    public bool TryApply(EventBatch batch, int row)
    {
        var result = value.Evaluate(batch, row);
        if (result.IsError)
        {
            batch.Fail(row, $"'{target.Text}' cannot be set to '{text}': {result.Reason}");
            return false;
        }

        if (target.IsTopLevel(batch, row, out var field))
        {
            ValueFields.Set(batch, row, field, result);
        }
        else
        {
            ValueFields.Set(batch, row, scratch, result);
            target.MoveFrom(batch, row, scratch);
        }

        return true;
    }
}
