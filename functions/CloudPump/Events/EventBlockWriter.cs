namespace CloudPump.Events;

/// <summary>
/// Packs events of one origin into a block, the form in which events travel over streams and topics: fields keep their kinds and order,
/// and every event keeps its id and the time it was received. Layout: version, origin, then per event
/// {offset, index, received, field count or raw, fields}; a field name is written once per block and referred to by number after that.
/// </summary>
public sealed class EventBlockWriter(FieldTable fields)
{
    /// <summary>First byte of every block.</summary>
    public const byte Version = 1;

    private readonly ByteBuffer _body = new();
    private readonly ByteBuffer _block = new();
    private readonly List<int> _known = [];
    private int _names;

    /// <summary>How many events the block holds.</summary>
    public int Count { get; private set; }

    /// <summary>Size of the events so far, in bytes.</summary>
    public int Length => _body.Length;

    /// <summary>Forgets everything; the next event begins a new block.</summary>
    public void Clear()
    {
        _body.Clear();
        _known.Clear();
        _names = 0;
        Count = 0;
    }

    /// <summary>Adds an event: its fields, or its original bytes when no parser has read them.</summary>
    public void Add(EventBatch batch, int row)
    {
        ref readonly var header = ref batch.Header(row);
        _body.WriteVarint((ulong)header.Offset);
        _body.WriteVarint((ulong)header.Index);
        _body.WriteVarint((ulong)header.Received);
        var ids = batch.FieldIds(row);
        if (batch.IsRaw(row))
        {
            _body.WriteVarint(0);
            _body.WriteBlob(batch.Raw(row));
        }
        else
        {
            _body.WriteVarint((ulong)ids.Length + 1);
            AddFields(batch, ids, batch.Slots(row));
        }

        Count++;
    }

    /// <summary>The finished block under the origin that all its events share.</summary>
    public byte[] ToBlock(Origin origin) => Finish(origin).ToArray();

    /// <summary>The same, valid until the writer is used again.</summary>
    public ReadOnlySpan<byte> Finish(Origin origin)
    {
        _block.Clear();
        _block.WriteByte(Version);
        _block.WriteText(origin.Stream);
        _block.WriteVarint((ulong)origin.Partition);
        _block.WriteVarint((ulong)Count);
        _block.Write(_body.Written);
        return _block.Written;
    }

    private void AddFields(EventBatch batch, ReadOnlySpan<ushort> ids, ReadOnlySpan<Slot> slots)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            AddName(ids[i]);
            SlotCodec.Write(_body, batch, slots[i]);
        }
    }

    private void AddName(ushort id)
    {
        while (_known.Count <= id)
        {
            _known.Add(-1);
        }

        if (_known[id] >= 0)
        {
            _body.WriteVarint((ulong)_known[id] + 1);
            return;
        }

        _known[id] = _names++;
        _body.WriteVarint(0);
        _body.WriteBlob(fields.Utf8Name(id));
    }
}
