using System.Text;
using CloudPump.Events;

namespace CloudPump.Expressions;

/// <content>Making values.</content>
public readonly partial struct Value
{
    /// <summary>null.</summary>
    public static Value Null => default;

    /// <summary>A bool.</summary>
    public static Value Of(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    /// <summary>An int.</summary>
    public static Value Of(long value) => new(ValueKind.Int, value);

    /// <summary>A uint.</summary>
    public static Value Of(ulong value) => new(ValueKind.UInt, (long)value);

    /// <summary>A double.</summary>
    public static Value Of(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string.</summary>
    public static Value Of(string value) => OfText(Encoding.UTF8.GetBytes(value));

    /// <summary>A string of UTF-8 bytes that the value keeps.</summary>
    public static Value OfText(byte[] utf8) => new(ValueKind.String, 0, utf8.Length, utf8);

    /// <summary>A string of some UTF-8 bytes of an array that the value keeps.</summary>
    public static Value OfText(byte[] owner, int offset, int length) => new(ValueKind.String, offset, length, owner);

    /// <summary>An object or list as JSON text (valid, in UTF-8, beginning with its bracket), which stands in an array that the value keeps.</summary>
    public static Value OfJson(byte[] owner, int offset, int length) =>
        new(owner[offset] == '{' ? ValueKind.Map : ValueKind.List, offset, length, owner);

    /// <summary>Bytes, which the value keeps.</summary>
    public static Value OfBytes(byte[] bytes) => new(ValueKind.Bytes, 0, bytes.Length, bytes);

    /// <summary>A timestamp of UTC ticks and the nanoseconds beyond them.</summary>
    public static Value OfTimestamp(long ticks, int nanos = 0) => new(ValueKind.Timestamp, ticks, nanos);

    /// <summary>A duration.</summary>
    public static Value OfDuration(long nanoseconds) => new(ValueKind.Duration, nanoseconds);

    internal static Value OfType(ValueKind kind) => new(ValueKind.Type, (long)kind);

    internal static Value OfError(EvaluationError error) => new(ValueKind.Error, 0, 0, error);

    internal static Value OfList(params Value[] items) => OfList(new ListValue(items, items.Length));

    internal static Value OfList(ListValue list) => new(ValueKind.List, 0, 0, list);

    internal static Value OfMap(MapObject map) => new(ValueKind.Map, 0, 0, map);

    internal static Value OfSlot(EventBatch batch, in Slot slot) => slot.Kind switch
    {
        FieldKind.Null => Null,
        FieldKind.Bool => new(ValueKind.Bool, slot.Value),
        FieldKind.Int64 => new(ValueKind.Int, slot.Value),
        FieldKind.Double => new(ValueKind.Double, slot.Value),
        FieldKind.String or FieldKind.PlainString => new(ValueKind.String, slot.Offset, slot.Length, batch),
        FieldKind.Bytes => new(ValueKind.Bytes, slot.Offset, slot.Length, batch),
        FieldKind.Timestamp => new(ValueKind.Timestamp, slot.Value, slot.Offset),
        FieldKind.List => new(ValueKind.List, slot.Offset, slot.Length, batch),
        FieldKind.Object => new(ValueKind.Map, slot.Offset, slot.Length, batch),
        _ => OfError(EvaluationError.NoSuchKey),
    };
}
