using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Reads one value of a writer's type as a reader's type; compiled once per pair of schemas.</summary>
internal abstract class AvroNode
{
    /// <summary>Reads the value into a field.</summary>
    public abstract void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field);

    /// <summary>Reads the value, and writes it as JSON.</summary>
    public abstract void Write(ref AvroCursor cursor, ByteBuffer json);

    /// <summary>Reads over the value.</summary>
    public abstract void Skip(ref AvroCursor cursor);
}
