using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Base of what becomes a list or an object as one JSON text.</summary>
internal abstract class AvroNested(FieldKind kind) : AvroNode
{
    // One text is used by all values of a program, which is used by one thread at a time.
    private readonly ByteBuffer _json = new(256);

    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        _json.Clear();
        Write(ref cursor, _json);
        cursor.Made += _json.Length;
        if (cursor.Made > Slot.MaxLength)
        {
            cursor.Fail(TooLong);
        }
        else if (!cursor.Failed)
        {
            batch.SetText(row, field, kind, _json.Written);
        }
    }

    /// <summary>Fails when the text has grown beyond what an event may have, although its data are short.</summary>
    protected static void CheckLength(ref AvroCursor cursor, ByteBuffer json)
    {
        if (json.Length > Slot.MaxLength)
        {
            cursor.Fail(TooLong);
        }
    }

    private static string TooLong => $"The lists and objects of the event would take more than {Slot.MaxLength} bytes";
}
