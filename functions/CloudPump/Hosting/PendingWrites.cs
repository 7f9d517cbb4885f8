namespace CloudPump.Hosting;

/// <summary>What a pipeline's steps want to have written with its next commit; of one entry the last value counts.</summary>
public sealed class PendingWrites
{
    private readonly Dictionary<(string Table, string Key), byte[]?> _writes = [];

    /// <summary>Sets or (with null) removes an entry.</summary>
    public void Set(string table, string key, byte[]? value) => _writes[(table, key)] = value;

    /// <summary>Hands out what was set since this was last called.</summary>
    public IReadOnlyList<TableWrite> Take()
    {
        if (_writes.Count == 0)
        {
            return [];
        }

        List<TableWrite> writes = [.. _writes.Select(w => new TableWrite(w.Key.Table, w.Key.Key, w.Value))];
        _writes.Clear();
        return writes;
    }
}
