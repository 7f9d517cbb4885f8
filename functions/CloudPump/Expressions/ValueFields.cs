using CloudPump.Events;

namespace CloudPump.Expressions;

/// <summary>Stores what an expression yielded in an event.</summary>
public static class ValueFields
{
    /// <summary>
    /// Sets a field to a value: lists, maps as JSON text, durations as text such as "300s", a uint beyond int64 as a double.
    /// The value must not be an error.
    /// </summary>
    public static void Set(EventBatch batch, int row, ushort field, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                batch.SetNull(row, field);
                break;
            case ValueKind.Bool:
                batch.SetBool(row, field, value.AsBool);
                break;
            case ValueKind.Int:
                batch.SetInt64(row, field, value.AsInt);
                break;
            case ValueKind.UInt when value.AsInt >= 0:
                batch.SetInt64(row, field, value.AsInt);
                break;
            case ValueKind.UInt:
                batch.SetDouble(row, field, value.AsUInt);
                break;
            case ValueKind.Double:
                batch.SetDouble(row, field, value.AsDouble);
                break;
            case ValueKind.Timestamp:
                batch.SetTimestamp(row, field, value.Ticks, value.Nanos);
                break;
            case ValueKind.Error:
                throw new ArgumentException("An error is no value of a field.", nameof(value));
            default:
                SetBytes(batch, row, field, value);
                break;
        }
    }

    private static void SetBytes(EventBatch batch, int row, ushort field, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String or ValueKind.Bytes:
                SetText(batch, row, field, value, value.Kind == ValueKind.Bytes ? FieldKind.Bytes : FieldKind.String);
                break;
            case ValueKind.List or ValueKind.Map:
                SetText(batch, row, field, value, value.Kind == ValueKind.List ? FieldKind.List : FieldKind.Object);
                break;
            case ValueKind.Duration:
                Span<byte> text = stackalloc byte[DurationText.MaxLength];
                batch.SetText(row, field, FieldKind.PlainString, text[..DurationText.Write(text, value.DurationNanos)]);
                break;
            default:
                batch.SetString(row, field, System.Text.Encoding.ASCII.GetBytes(TypeNames.Of((ValueKind)value.AsInt)));
                break;
        }
    }

    private static void SetText(EventBatch batch, int row, ushort field, in Value value, FieldKind kind)
    {
        if (ReferenceEquals(value.Reference, batch))
        {
            // The bytes stand in this batch's arena already: point at them.
            if (kind == FieldKind.String && JsonText.IsPlain(value.Bytes))
            {
                kind = FieldKind.PlainString;
            }

            batch.Put(row, field).SetText(kind, value.TextOffset, value.TextLength);
        }
        else if (value.Kind is ValueKind.List or ValueKind.Map && !value.IsJson)
        {
            var json = new ByteBuffer(256);
            ValueJson.Write(json, value);
            batch.SetText(row, field, kind, json.Written);
        }
        else if (kind == FieldKind.String)
        {
            batch.SetString(row, field, value.Bytes);
        }
        else
        {
            batch.SetText(row, field, kind, value.Bytes);
        }
    }

}
