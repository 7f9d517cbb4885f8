using CloudPump.Events;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>The body of a request: for every document its action line and its source line, written straight from the slots.</summary>
internal sealed class BulkBody(ActionLine action)
{
    private readonly EventJsonWriter _json = new();
    private readonly ByteBuffer _bytes = new(64 << 10);

    /// <summary>How long it is.</summary>
    public int Length => _bytes.Length;

    /// <summary>The body; valid until it is written to again.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.WrittenMemory;

    /// <summary>Empties it.</summary>
    public void Clear() => _bytes.Clear();

    /// <summary>Takes back everything after a length.</summary>
    public void Truncate(int length) => _bytes.Truncate(length);

    /// <summary>Adds an event; false when it cannot be written and has failed.</summary>
    public bool TryAdd(EventBatch batch, int row)
    {
        var start = _bytes.Length;
        if (!action.TryWrite(_bytes, batch, row))
        {
            _bytes.Truncate(start);
            return false;
        }

        _json.Write(_bytes, batch, row);
        _bytes.WriteByte((byte)'\n');
        return true;
    }
}
