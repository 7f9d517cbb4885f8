namespace CloudPump.Events;

/// <summary>A field's value as bytes: its kind, then what the kind needs. Used by blocks and by the pieces of analyzers.</summary>
internal static class SlotCodec
{
    /// <summary>Writes a field's value.</summary>
    public static void Write(ByteBuffer output, EventBatch batch, in Slot slot)
    {
        output.WriteByte((byte)slot.Kind);
        switch (slot.Kind)
        {
            case FieldKind.Null:
                break;
            case FieldKind.Bool:
                output.WriteByte((byte)slot.Value);
                break;
            case FieldKind.Int64 or FieldKind.Double:
                output.WriteInt64(slot.Value);
                output.WriteBlob(batch.Text(slot));
                break;
            case FieldKind.Timestamp:
                output.WriteInt64(slot.Value);
                output.WriteByte((byte)slot.Offset);
                break;
            default:
                output.WriteBlob(batch.Text(slot));
                break;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; texts are appended to the batch's arena.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut, damaged, or of a newer version.</exception>
    public static Slot Read(ref ByteReader reader, EventBatch batch)
    {
        var slot = default(Slot);
        var kind = (FieldKind)reader.Byte();
        switch (kind)
        {
            case FieldKind.Null:
                slot.Set(kind, 0);
                break;
            case FieldKind.Bool:
                slot.Set(kind, Checked(reader.Byte(), 1));
                break;
            case FieldKind.Int64 or FieldKind.Double:
                var value = reader.Int64();
                var text = reader.Blob();
                slot.SetNumber(kind, value, batch.Append(text), Checked(text.Length, Slot.MaxLength));
                break;
            case FieldKind.Timestamp:
                slot.Set(kind, Checked(reader.Int64(), DateTime.MaxValue.Ticks), Checked(reader.Byte(), 99));
                break;
            case FieldKind.Number or FieldKind.String or FieldKind.PlainString or FieldKind.Bytes or FieldKind.List or FieldKind.Object:
                var bytes = reader.Blob();
                slot.SetText(kind, batch.Append(bytes), Checked(bytes.Length, Slot.MaxLength));
                break;
            default:
                throw new InvalidDataException($"The block holds a field of an unknown kind ({(int)kind}): it is damaged or newer than this CloudPump.");
        }

        return slot;
    }

    private static int Checked(int value, int most) => (int)Checked((long)value, most);

    private static long Checked(long value, long most) =>
        value >= 0 && value <= most ? value : throw new InvalidDataException("A field of the block is out of range: the block is damaged.");
}
