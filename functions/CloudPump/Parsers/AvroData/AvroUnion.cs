using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>A union: the number of a branch, and its value.</summary>
internal sealed class AvroUnion(AvroNode[] branches) : AvroNode
{
    private static readonly AvroNode Nothing = new AvroScalars.Null();

    /// <summary>What reads each branch.</summary>
    public IReadOnlyList<AvroNode> Branches => branches;

    public override void Set(ref AvroCursor cursor, EventBatch batch, int row, ushort field) => Branch(ref cursor).Set(ref cursor, batch, row, field);

    public override void Write(ref AvroCursor cursor, ByteBuffer json) => Branch(ref cursor).Write(ref cursor, json);

    public override void Skip(ref AvroCursor cursor) => Branch(ref cursor).Skip(ref cursor);

    /// <summary>Reads the number of the branch.</summary>
    public int Index(ref AvroCursor cursor)
    {
        var start = cursor.Position;
        var index = cursor.Long();
        if ((ulong)index < (ulong)branches.Length)
        {
            return (int)index;
        }

        cursor.FailAt("A union has a branch that its schema does not have", start);
        return -1;
    }

    private AvroNode Branch(ref AvroCursor cursor) => Index(ref cursor) is >= 0 and var index ? branches[index] : Nothing;
}
