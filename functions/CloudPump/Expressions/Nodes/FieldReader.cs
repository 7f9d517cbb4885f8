using System.Runtime.CompilerServices;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Reads a field, and looks first where it stood last time: events of one stream mostly have their fields in the same order.</summary>
internal struct FieldReader(ushort field)
{
    private readonly ushort _field = field;
    private int _hint;

    /// <summary>The field's slot; a slot of kind Missing when the event has no such field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Read(Scope scope)
    {
        var ids = scope.Batch.FieldIds(scope.Row);
        if ((uint)_hint >= (uint)ids.Length || ids[_hint] != _field)
        {
            var index = ids.IndexOf(_field);
            if (index < 0)
            {
                return default;
            }

            _hint = index;
        }

        var slot = scope.Batch.Slots(scope.Row)[_hint];
        return slot.Kind == FieldKind.Number ? scope.Batch.Get(scope.Row, _field) : slot;
    }
}
