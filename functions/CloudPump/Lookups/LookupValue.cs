using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>Values of lookups, from fields and to fields.</summary>
internal static class LookupValue
{
    /// <summary>Writes a field's value as an entry holds it; returns its kind, Null for a field that is not there.</summary>
    public static FieldKind Write(ByteBuffer output, EventJsonWriter json, EventBatch batch, in Slot slot)
    {
        switch (slot.Kind)
        {
            case FieldKind.Missing or FieldKind.Null:
            case FieldKind.Double when !double.IsFinite(slot.AsDouble):
                return FieldKind.Null;
            case FieldKind.String or FieldKind.PlainString:
                output.Write(batch.Text(slot));
                return slot.Kind;
            case FieldKind.Bytes:
                output.Write(batch.Text(slot));
                return FieldKind.Bytes;
            case FieldKind.Timestamp:
                output.Advance(TimestampText.Write(output.GetSpan(TimestampText.MaxLength), slot.Value, slot.Offset));
                return FieldKind.Timestamp;
            default:
                json.WriteValue(output, batch, slot);
                return slot.Kind is FieldKind.Int64 or FieldKind.Double ? FieldKind.Number : slot.Kind;
        }
    }

    /// <summary>The value as a slot of a batch.</summary>
    public static Slot ToSlot(EventBatch batch, in LookupEntry entry)
    {
        var slot = default(Slot);
        switch (entry.Kind)
        {
            case FieldKind.Null:
                slot.Set(FieldKind.Null, 0);
                break;
            case FieldKind.Bool:
                slot.Set(FieldKind.Bool, entry.Value is [(byte)'t', ..] ? 1 : 0);
                break;
            case FieldKind.Timestamp:
                _ = TimestampText.TryParse(entry.Value, out var ticks, out var nanos);
                slot.Set(FieldKind.Timestamp, ticks, nanos);
                break;
            default:
                slot.SetText(entry.Kind, batch.Append(entry.Value), entry.Value.Length);
                break;
        }

        return slot;
    }

    /// <summary>The value for an expression; texts are not copied, they stay where the entry lies.</summary>
    public static Value ToValue(in LookupEntry entry)
    {
        switch (entry.Kind)
        {
            case FieldKind.Null:
                return Expressions.Value.Null;
            case FieldKind.Bool:
                return Expressions.Value.Of(entry.Value is [(byte)'t', ..]);
            case FieldKind.Number:
                return System.Buffers.Text.Utf8Parser.TryParse(entry.Value, out long whole, out var used) && used == entry.ValueLength
                    ? Expressions.Value.Of(whole)
                    : Expressions.Value.Of(System.Buffers.Text.Utf8Parser.TryParse(entry.Value, out double number, out _) ? number : double.NaN);
            case FieldKind.Timestamp:
                _ = TimestampText.TryParse(entry.Value, out var ticks, out var nanos);
                return Expressions.Value.OfTimestamp(ticks, nanos);
            default:
                return new Value(KindOf(entry.Kind), entry.ValueOffset, entry.ValueLength, entry.Block);
        }
    }

    private static ValueKind KindOf(FieldKind kind) => kind switch
    {
        FieldKind.List => ValueKind.List,
        FieldKind.Object => ValueKind.Map,
        FieldKind.Bytes => ValueKind.Bytes,
        _ => ValueKind.String,
    };
}
