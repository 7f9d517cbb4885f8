using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>The default of a field that the writer does not have: its binary form, read as if the writer had written it.</summary>
internal sealed class AvroDefault(byte[] data, AvroNode node) : AvroNode
{
    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field)
    {
        var value = new AvroCursor(data, batch.Append(data));
        node.Set(ref value, batch, row, field);
        cursor.Made += value.Made;
    }

    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        var value = new AvroCursor(data, 0);
        node.Write(ref value, json);
    }

    public override void Skip(ref AvroCursor cursor)
    {
    }
}
