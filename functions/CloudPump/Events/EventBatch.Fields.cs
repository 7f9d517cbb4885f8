using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace CloudPump.Events;

/// <content>Rows of slots: reading and setting fields.</content>
public sealed partial class EventBatch
{
    private int _stride = InitialStride;
    private ushort[] _ids;
    private Slot[] _slots;
    private ushort[] _counts = new ushort[InitialRows];

    /// <summary>How many fields the event has.</summary>
    public int FieldCount(int row) => _counts[row];

    /// <summary>The ids of the event's fields in the order in which they were set.</summary>
    public ReadOnlySpan<ushort> FieldIds(int row) => _ids.AsSpan(row * _stride, _counts[row]);

    /// <summary>The slots that belong to <see cref="FieldIds"/>.</summary>
    public Span<Slot> Slots(int row) => _slots.AsSpan(row * _stride, _counts[row]);

    /// <summary>Where the field stands in the event's row, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(int row, ushort field) => _ids.AsSpan(row * _stride, _counts[row]).IndexOf(field);

    /// <summary>Whether the event has the field (it may be null).</summary>
    public bool Has(int row, ushort field) => IndexOf(row, field) >= 0;

    /// <summary>The field's slot; a slot of kind Missing when the event has no such field. A JSON number is parsed here, once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slot Get(int row, ushort field)
    {
        var index = IndexOf(row, field);
        if (index < 0)
        {
            return default;
        }

        ref var slot = ref _slots[(row * _stride) + index];
        if (slot.Kind == FieldKind.Number)
        {
            ParseNumber(ref slot);
        }

        return slot;
    }

    /// <summary>The bytes that a slot of kind String, PlainString, Bytes, List, Object or a number with source text points to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(in Slot slot) => _arena.AsSpan(slot.Offset, slot.Length);

    /// <summary>The slot to write a field to: the one it has, or a new one after the others.</summary>
    public ref Slot Put(int row, ushort field)
    {
        var index = IndexOf(row, field);
        return ref index >= 0 ? ref _slots[(row * _stride) + index] : ref AddField(row, field);
    }

    /// <summary>A new slot for a field that the event is known not to have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Slot AddField(int row, ushort field)
    {
        int count = _counts[row];
        if (count == _stride)
        {
            WidenRows();
        }

        _counts[row] = (ushort)(count + 1);
        _ids[(row * _stride) + count] = field;
        return ref _slots[(row * _stride) + count];
    }

    /// <summary>Begins to write the fields of an event that has none: at most as many as a row is wide, which is 16 or more.</summary>
    internal RowWriter BeginRow(int row) => new(_ids.AsSpan(row * _stride, _stride), _slots.AsSpan(row * _stride, _stride));

    /// <summary>Makes what was written count.</summary>
    internal void EndRow(int row, in RowWriter fields) => _counts[row] = (ushort)fields.Count;

    /// <summary>Removes a field; the others keep their order.</summary>
    public bool RemoveField(int row, ushort field)
    {
        var index = IndexOf(row, field);
        if (index < 0)
        {
            return false;
        }

        var ids = _ids.AsSpan(row * _stride, _counts[row]);
        var slots = Slots(row);
        ids[(index + 1)..].CopyTo(ids[index..]);
        slots[(index + 1)..].CopyTo(slots[index..]);
        _counts[row]--;
        return true;
    }

    /// <summary>Gives a field another name in its old place; a field that has the new name already is replaced.</summary>
    public bool RenameField(int row, ushort from, ushort to)
    {
        if (from == to || IndexOf(row, from) < 0)
        {
            return from == to && Has(row, from);
        }

        RemoveField(row, to);
        _ids[(row * _stride) + IndexOf(row, from)] = to;
        return true;
    }

    /// <summary>Takes all fields from the event.</summary>
    public void ClearFields(int row) => _counts[row] = 0;

    /// <summary>Sets a string field from UTF-8.</summary>
    public void SetString(int row, ushort field, ReadOnlySpan<byte> utf8)
    {
        var kind = JsonText.IsPlain(utf8) ? FieldKind.PlainString : FieldKind.String;
        SetText(row, field, kind, utf8);
    }

    /// <summary>Sets a field of bytes, or of a list or object given as valid JSON.</summary>
    public void SetText(int row, ushort field, FieldKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Slot.MaxLength)
        {
            Fail(row, $"The field '{Fields.Name(field)}' would be longer than {Slot.MaxLength} bytes.");
            return;
        }

        var offset = Append(bytes);
        Put(row, field).SetText(kind, offset, bytes.Length);
    }

    /// <summary>Sets an integer field.</summary>
    public void SetInt64(int row, ushort field, long value) => Put(row, field).Set(FieldKind.Int64, value);

    /// <summary>Sets a floating-point field.</summary>
    public void SetDouble(int row, ushort field, double value) => Put(row, field).Set(FieldKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Sets a true or false field.</summary>
    public void SetBool(int row, ushort field, bool value) => Put(row, field).Set(FieldKind.Bool, value ? 1 : 0);

    /// <summary>Sets a field to null.</summary>
    public void SetNull(int row, ushort field) => Put(row, field).Set(FieldKind.Null, 0);

    /// <summary>Sets a timestamp field: UTC ticks, and the nanoseconds beyond them.</summary>
    public void SetTimestamp(int row, ushort field, long ticks, int nanos = 0) => Put(row, field).Set(FieldKind.Timestamp, ticks, nanos);

    /// <summary>Turns a JSON number that nobody has asked for yet into an integer or a double; its text is kept.</summary>
    internal void ParseNumber(ref Slot slot)
    {
        var text = Text(slot);
        if (Utf8Parser.TryParse(text, out long integer, out var used) && used == text.Length)
        {
            slot.SetNumber(FieldKind.Int64, integer, slot.Offset, slot.Length);
            return;
        }

        Utf8Parser.TryParse(text, out double number, out _);
        slot.SetNumber(FieldKind.Double, BitConverter.DoubleToInt64Bits(number), slot.Offset, slot.Length);
    }

    private void WidenRows()
    {
        var stride = _stride * 2;
        var ids = new ushort[_counts.Length * stride];
        var slots = new Slot[_counts.Length * stride];
        for (var row = 0; row < RowCount; row++)
        {
            Array.Copy(_ids, row * _stride, ids, row * stride, _counts[row]);
            Array.Copy(_slots, row * _stride, slots, row * stride, _counts[row]);
        }

        (_ids, _slots, _stride) = (ids, slots, stride);
    }
}
