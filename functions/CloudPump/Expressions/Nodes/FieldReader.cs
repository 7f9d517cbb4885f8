using System.Runtime.CompilerServices;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Reads a field of the event that a scope is at.</summary>
internal struct FieldReader(ushort field)
{
    private FieldHint _hint = new(field);

    /// <summary>The field's slot; a slot of kind Missing when the event has no such field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Read(Scope scope) => _hint.Read(scope.Batch, scope.Row);
}
