using System.Runtime.CompilerServices;

namespace CloudPump.Events;

/// <summary>Reads a field, and looks first where it stood last time: events of one stream mostly have their fields in the same order.</summary>
internal struct FieldHint(ushort field)
{
    private int _index;

    /// <summary>The field.</summary>
    public ushort Field { get; } = field;

    /// <summary>The field's slot; a slot of kind Missing when the event has no such field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Read(EventBatch batch, int row)
    {
        var ids = batch.FieldIds(row);
        if ((uint)_index >= (uint)ids.Length || ids[_index] != Field)
        {
            var index = ids.IndexOf(Field);
            if (index < 0)
            {
                return default;
            }

            _index = index;
        }

        var slot = batch.Slots(row)[_index];
        return slot.Kind == FieldKind.Number ? batch.Get(row, Field) : slot;
    }
}
