using System.Buffers.Binary;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A duration, as {"months":..,"days":..,"millis":..}: three unsigned numbers of 32 bits.</summary>
internal sealed class AvroDuration() : AvroNested(FieldKind.Object)
{
    public override void Write(ref AvroCursor cursor, ByteBuffer json)
    {
        var bytes = cursor.Take(12, "A duration");
        if (cursor.Failed)
        {
            return;
        }

        json.Write("{\"months\":"u8);
        EventJsonWriter.WriteInt64(json, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        json.Write(",\"days\":"u8);
        EventJsonWriter.WriteInt64(json, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        json.Write(",\"millis\":"u8);
        EventJsonWriter.WriteInt64(json, BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
        json.WriteByte((byte)'}');
    }

    public override void Skip(ref AvroCursor cursor) => cursor.Take(12, "A duration");
}
