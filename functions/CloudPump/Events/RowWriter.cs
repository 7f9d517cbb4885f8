using System.Runtime.CompilerServices;

namespace CloudPump.Events;

/// <summary>Writes the first fields of an event that has none yet, one after another; <see cref="EventBatch.EndRow"/> makes them count.</summary>
internal ref struct RowWriter(Span<ushort> ids, Span<Slot> slots)
{
    private readonly Span<ushort> _ids = ids;
    private readonly Span<Slot> _slots = slots;

    /// <summary>How many fields have been written.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a text that needs no escaping, unless it is empty or a single dash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddPlain(ushort field, ReadOnlySpan<byte> text, int offset)
    {
        if (text.Length > 1 || (text.Length == 1 && text[0] != '-'))
        {
            Add(field).SetText(FieldKind.PlainString, offset, text.Length);
        }
    }

    /// <summary>Adds a field; the slot is to be set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Slot Add(ushort field)
    {
        _ids[Count] = field;
        return ref _slots[Count++];
    }
}
