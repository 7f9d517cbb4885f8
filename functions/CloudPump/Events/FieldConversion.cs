using System.Buffers.Text;

namespace CloudPump.Events;

/// <summary>
/// Converts values between types. Numbers are read as JSON and RFC 4180 files have them (with . and without grouping; leading zeros and a plus sign are taken), truth as
/// true, false, yes, no, on, off, 1, 0 in any case, times as RFC 3339. Spaces around them do not count.
/// </summary>
public sealed class FieldConversion
{
    private readonly EventJsonWriter _writer = new();
    private readonly ByteBuffer _text = new(64);

    /// <summary>The value as the type; false when it has no such value. null stays null.</summary>
    public bool TryConvert(EventBatch batch, in Slot from, FieldType type, out Slot to)
    {
        to = from;
        return from.Kind switch
        {
            FieldKind.Missing => false,
            FieldKind.Null => true,
            _ when type == FieldType.Text => ToText(batch, from, ref to),
            _ when from.IsText => TryRead(batch.Text(from).Trim((byte)' '), type, ref to),
            FieldKind.Int64 => TryInt(from.Value, type, ref to),
            FieldKind.Double => TryDouble(from.AsDouble, type, ref to),
            FieldKind.Bool when type is FieldType.Int or FieldType.Double => TryInt(from.Value, type, ref to),
            FieldKind.Bool => type == FieldType.Bool,
            FieldKind.Timestamp => type == FieldType.Timestamp,
            _ => false,
        };
    }

    private bool ToText(EventBatch batch, in Slot from, ref Slot to)
    {
        if (from.IsText)
        {
            return true;
        }

        if (from.Kind == FieldKind.Timestamp)
        {
            Span<byte> time = stackalloc byte[TimestampText.MaxLength];
            var length = TimestampText.Write(time, from.Value, from.Offset);
            to.SetText(FieldKind.PlainString, batch.Append(time[..length]), length);
            return true;
        }

        _text.Clear();
        _writer.WriteValue(_text, batch, from);
        var text = _text.Written;
        text = text is [(byte)'"', .. var inner, (byte)'"'] ? inner : text;
        to.SetText(JsonText.IsPlain(text) ? FieldKind.PlainString : FieldKind.String, batch.Append(text), text.Length);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, FieldType type, ref Slot to) => type switch
    {
        FieldType.Int => TryReadInt(text, ref to),
        FieldType.Double => TryReadDouble(text, ref to),
        FieldType.Bool => TryReadBool(text, ref to),
        _ => TryReadTimestamp(text, ref to),
    };

    private static bool TryReadInt(ReadOnlySpan<byte> text, ref Slot to)
    {
        var ok = Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length;
        to.Set(FieldKind.Int64, value);
        return ok;
    }

    private static bool TryReadDouble(ReadOnlySpan<byte> text, ref Slot to)
    {
        var ok = Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && double.IsFinite(value);
        to.Set(FieldKind.Double, BitConverter.DoubleToInt64Bits(value));
        return ok;
    }

    private static bool TryReadBool(ReadOnlySpan<byte> text, ref Slot to)
    {
        var yes = Is(text, "true"u8) || Is(text, "yes"u8) || Is(text, "on"u8) || Is(text, "1"u8);
        var no = Is(text, "false"u8) || Is(text, "no"u8) || Is(text, "off"u8) || Is(text, "0"u8);
        to.Set(FieldKind.Bool, yes ? 1 : 0);
        return yes || no;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private static bool TryReadTimestamp(ReadOnlySpan<byte> text, ref Slot to)
    {
        var ok = TimestampText.TryParse(text, out var ticks, out var nanos);
        to.Set(FieldKind.Timestamp, ticks, nanos);
        return ok;
    }

    private static bool TryInt(long value, FieldType type, ref Slot to)
    {
        switch (type)
        {
            case FieldType.Int:
                to.Set(FieldKind.Int64, value);
                return true;
            case FieldType.Double:
                to.Set(FieldKind.Double, BitConverter.DoubleToInt64Bits(value));
                return true;
            case FieldType.Bool when value is 0 or 1:
                to.Set(FieldKind.Bool, value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryDouble(double value, FieldType type, ref Slot to)
    {
        if (type == FieldType.Double)
        {
            return true;
        }

        // Beyond 2^63 a double has no int64.
        var fits = value >= long.MinValue && value < -(double)long.MinValue && Math.Floor(value) == value;
        return fits && type != FieldType.Timestamp && TryInt((long)value, type, ref to);
    }
}
