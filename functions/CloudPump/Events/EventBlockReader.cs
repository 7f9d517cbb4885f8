namespace CloudPump.Events;

/// <summary>Unpacks a block of <see cref="EventBlockWriter"/> into a batch.</summary>
public static class EventBlockReader
{
    // What a parser may give, and as many again that a pipeline's steps may set.
    private const int MostFields = EventBatch.MaxFields * 2;

    /// <summary>How many events the block holds.</summary>
    public static int CountOf(ReadOnlySpan<byte> block)
    {
        _ = Open(block, out _, out var count);
        return count;
    }

    /// <summary>
    /// Adds the block's events to the batch, from the <paramref name="first"/>th on. The events keep their own ids.
    /// </summary>
    /// <exception cref="InvalidDataException">The block is cut, damaged, or of a newer version.</exception>
    public static void Read(ReadOnlySpan<byte> block, EventBatch batch, int first = 0) => Read(block, batch, i => i < first);

    /// <summary>Adds the block's events to the batch, but for those to skip, which are told by their number in the block.</summary>
    /// <exception cref="InvalidDataException">The block is cut, damaged, or of a newer version.</exception>
    public static void Read(ReadOnlySpan<byte> block, EventBatch batch, Predicate<int> skip)
    {
        var reader = Open(block, out var origin, out var count);
        var names = new List<ushort>();
        var originIndex = batch.AddOrigin(origin);
        for (var i = 0; i < count; i++)
        {
            var header = new EventHeader
            {
                Origin = originIndex,
                Offset = (long)reader.Varint(),
                Index = reader.Number(),
                Received = (long)reader.Varint(),
                RawLength = -1,
            };
            ReadEvent(ref reader, batch, header, names, skip(i));
        }
    }

    private static ByteReader Open(ReadOnlySpan<byte> block, out Origin origin, out int count)
    {
        var reader = new ByteReader(block);
        var version = reader.Byte();
        if (version != EventBlockWriter.Version)
        {
            throw new InvalidDataException($"The block has version {version}; this CloudPump reads version {EventBlockWriter.Version}.");
        }

        origin = new Origin(reader.Text(), reader.Count());
        count = reader.Count();
        return reader;
    }

    private static void ReadEvent(ref ByteReader reader, EventBatch batch, EventHeader header, List<ushort> names, bool skip)
    {
        var fields = reader.Count();
        if (fields == 0)
        {
            var raw = reader.Blob();
            if (!skip)
            {
                header.RawOffset = batch.Append(raw);
                header.RawLength = raw.Length;
                batch.Add(header);
            }

            return;
        }

        if (fields > MostFields)
        {
            throw new InvalidDataException($"An event of the block has more than {MostFields} fields: the block is damaged.");
        }

        var row = skip ? -1 : batch.Add(header);
        for (var f = 1; f < fields; f++)
        {
            ReadField(ref reader, batch, row, names);
        }
    }

    private static void ReadField(ref ByteReader reader, EventBatch batch, int row, List<ushort> names)
    {
        var name = reader.Count();
        ushort id = 0;
        if (name == 0)
        {
            if (!batch.Fields.TryAdd(reader.Blob(), out id))
            {
                throw new InvalidDataException($"The block brings more than {FieldTable.MaxNames} field names.");
            }

            names.Add(id);
        }
        else
        {
            id = name <= names.Count ? names[name - 1] : throw new InvalidDataException("The block refers to a field name that it does not hold: it is damaged.");
        }

        var slot = SlotCodec.Read(ref reader, batch);
        if (row >= 0)
        {
            batch.Put(row, id) = slot;
        }
    }
}
