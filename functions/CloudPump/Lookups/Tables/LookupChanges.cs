using CloudPump.Events;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// What has changed in a lookup, as bytes: for other instances, and as the copy on disk. Layout: version, epoch, from and to (change numbers), then per entry {kind or 255 for the
/// end, key, stamp, change number, value}. From 0 on it is everything.
/// </summary>
internal static class LookupChanges
{
    private const byte Version = 1;
    private const byte End = 255;

    /// <summary>Writes what changed after a number; everything when the epoch is another one.</summary>
    public static void Write(LookupTable table, ulong epoch, uint since, ByteBuffer output)
    {
        var (to, from) = (table.Sequence, epoch == table.Epoch && since >= table.Oldest && since <= table.Sequence ? since : 0);
        output.WriteByte(Version);
        output.WriteInt64((long)table.Epoch);
        output.WriteVarint(from);
        output.WriteVarint(to);
        if (from < to)
        {
            table.ForEach((blocks, address) =>
            {
                var entry = blocks.Read(address);
                if (entry.Sequence > from && entry.Sequence <= to && (from > 0 || entry.Kind != FieldKind.Missing))
                {
                    Write(output, entry.Kind, entry.Key, entry.Stamp, entry.Sequence, entry.Value);
                    output.Checkpoint();
                }
            });
        }

        output.WriteByte(End);
    }

    /// <summary>Writes one change, as it stands in the log of changes.</summary>
    public static void Write(ByteBuffer output, FieldKind kind, ReadOnlySpan<byte> key, long stamp, uint sequence, ReadOnlySpan<byte> value)
    {
        output.WriteByte((byte)kind);
        output.WriteBlob(key);
        output.WriteVarint((ulong)stamp);
        output.WriteVarint(sequence);
        output.WriteBlob(value);
    }

    /// <summary>
    /// Applies changes to a table of the same epoch; what is everything makes a new table. Returns the table that has them, or null when changes before these are missing.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are cut, damaged or of a newer version.</exception>
    public static LookupTable? Apply(LookupTable? table, ReadOnlySpan<byte> bytes)
    {
        var input = new ByteReader(bytes);
        if (input.Byte() != Version)
        {
            throw new InvalidDataException("The lookup was written by another version of CloudPump.");
        }

        var epoch = (ulong)input.Int64();
        var (from, to) = ((uint)input.Varint(), (uint)input.Varint());
        table = from == 0 ? new LookupTable() : table?.Epoch == epoch && table.Sequence >= from ? table : null;
        while (table is not null && input.Byte() is var kind && kind != End)
        {
            var key = input.Blob();
            var (stamp, sequence) = (input.Number(), (uint)input.Varint());
            var value = input.Blob();
            if (kind > (byte)FieldKind.Object || key.Length > LookupTable.MaxKey || value.Length > LookupTable.MaxValue)
            {
                throw new InvalidDataException("An entry of the lookup is out of range: the data is damaged.");
            }

            table.Follow(key, (FieldKind)kind, value, stamp, sequence);
        }

        table?.Follow(epoch, to, from == 0 ? to : table.Oldest);
        return table;
    }
}
