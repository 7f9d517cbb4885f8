using System.Buffers.Binary;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Reads events that are one datum each.</summary>
internal sealed class AvroDatumParser(AvroProgram program, AvroFraming framing, long fingerprint) : RawParser
{
    private const int MarkedLength = 10;
    private const int ConfluentLength = 5;

    protected override string? Parse(EventBatch batch, int row)
    {
        var data = batch.Raw(row);
        if (Frame(data, out var start) is { } error)
        {
            return error;
        }

        var cursor = new AvroCursor(data, batch.Header(row).RawOffset);
        cursor.Take(start, "The frame");
        program.Read(ref cursor, batch, row);
        return cursor.Error ?? (cursor.Left > 0 ? $"{cursor.Left} bytes follow the datum, at byte {cursor.Position}: it was written with another schema." : null);
    }

    private string? Frame(ReadOnlySpan<byte> data, out int start)
    {
        start = framing switch { AvroFraming.SingleObject => MarkedLength, AvroFraming.Confluent => ConfluentLength, _ => 0 };
        if (data.Length < start)
        {
            return $"The event has {data.Length} bytes, fewer than the {start} before a datum.";
        }

        return framing switch
        {
            AvroFraming.SingleObject when data[0] != 0xc3 || data[1] != 1 => "The event does not begin with C3 01, at byte 0.",
            AvroFraming.SingleObject when BinaryPrimitives.ReadInt64LittleEndian(data[2..]) != fingerprint => "The datum was written with another schema: the fingerprint at byte 2 is not that of 'schema'.",
            AvroFraming.Confluent when data[0] != 0 => "The event does not begin with a zero, at byte 0.",
            _ => null,
        };
    }
}
