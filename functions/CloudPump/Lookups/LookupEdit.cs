using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>Changes of a dynamic lookup that were asked for from outside a pipeline, to be written into the host's tables.</summary>
public sealed class LookupEdit
{
    private readonly PendingWrites _pending = new();
    private readonly LookupWriter _writer;

    /// <summary>Begins to edit a lookup.</summary>
    public LookupEdit(Lookup lookup, TimeProvider time) => _writer = new LookupWriter(lookup, _pending, time);

    /// <summary>Sets an entry, or removes it when the kind is Missing.</summary>
    public void Set(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp) => _writer.Set(key, kind, value, stamp);

    /// <summary>Sets every entry of a table.</summary>
    public void SetAll(LookupTable table, long stamp) => table.ForEach((blocks, address) =>
    {
        var entry = blocks.Read(address);
        Set(entry.Key, entry.Kind, entry.Value, stamp);
    });

    /// <summary>What is to be written.</summary>
    public IReadOnlyList<TableWrite> Take()
    {
        _writer.EndLog();
        return _pending.Take();
    }
}
