using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>A field of the event; where the event has none, what else the name means.</summary>
internal sealed class FieldNode(ushort field, Value otherwise) : Node
{
    private FieldReader _reader = new(field);

    public ushort Field { get; } = field;

    /// <summary>What the name means where the event has no such field: an error, or a type.</summary>
    public Value Otherwise { get; } = otherwise;

    public override Value Evaluate(Scope scope)
    {
        var slot = _reader.Read(scope);
        return slot.Kind == FieldKind.Missing ? Otherwise : Value.OfSlot(scope.Batch, slot);
    }
}
