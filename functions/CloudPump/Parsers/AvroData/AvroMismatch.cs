using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A branch of a writer's union that the reader's schema has no place for: a mistake only when an event brings it.</summary>
internal sealed class AvroMismatch(string writer, string reader, AvroNode skip) : AvroNode
{
    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field) => Fail(ref cursor);

    public override void Write(ref AvroCursor cursor, ByteBuffer json) => Fail(ref cursor);

    public override void Skip(ref AvroCursor cursor) => skip.Skip(ref cursor);

    private void Fail(ref AvroCursor cursor) => cursor.Fail($"A union holds a value of type {writer}, and the reader's schema wants {reader}");
}
