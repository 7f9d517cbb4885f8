using System.Runtime.InteropServices;

namespace CloudPump.Events;

/// <summary>
/// One field of one event: 16 bytes that point into the batch's arena (offset, 24-bit length) or hold a number inline.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct Slot
{
    /// <summary>The longest text or bytes a field can hold.</summary>
    public const int MaxLength = (1 << 24) - 1;

    private uint _lengthAndKind;

    /// <summary>Where the text starts in the arena; for a timestamp the nanoseconds beyond its ticks.</summary>
    public int Offset;

    /// <summary>The number, the double's bits, the ticks, or 0 and 1 for a bool.</summary>
    public long Value;

    /// <summary>What this slot holds.</summary>
    public readonly FieldKind Kind => (FieldKind)(_lengthAndKind >> 24);

    /// <summary>Length of the text in the arena, in bytes; 0 when there is none.</summary>
    public readonly int Length => (int)(_lengthAndKind & MaxLength);

    /// <summary>The value read as a double's bits.</summary>
    public readonly double AsDouble => BitConverter.Int64BitsToDouble(Value);

    /// <summary>Whether the slot holds UTF-8 text.</summary>
    public readonly bool IsText => Kind is FieldKind.String or FieldKind.PlainString;

    /// <summary>Points the slot at a text in the arena.</summary>
    public void SetText(FieldKind kind, int offset, int length)
    {
        _lengthAndKind = ((uint)kind << 24) | (uint)length;
        Offset = offset;
        Value = 0;
    }

    /// <summary>Sets an inline value that keeps its source text for output.</summary>
    public void SetNumber(FieldKind kind, long value, int offset, int length)
    {
        _lengthAndKind = ((uint)kind << 24) | (uint)length;
        Offset = offset;
        Value = value;
    }

    /// <summary>Sets an inline value.</summary>
    public void Set(FieldKind kind, long value, int offset = 0)
    {
        _lengthAndKind = (uint)kind << 24;
        Offset = offset;
        Value = value;
    }
}
