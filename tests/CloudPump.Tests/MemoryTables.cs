using System.Runtime.CompilerServices;
using CloudPump.Hosting;

namespace CloudPump.Tests;

/// <summary>Shared tables in memory.</summary>
internal sealed class MemoryTables : ISharedTables
{
    private readonly SortedDictionary<(string Table, string Key), byte[]> _rows = new(Comparer<(string Table, string Key)>.Create(
        (a, b) => string.CompareOrdinal(a.Table, b.Table) is var order and not 0 ? order : string.CompareOrdinal(a.Key, b.Key)));

    public int Count(string table) => _rows.Keys.Count(k => k.Table == table);

    public Task<byte[]?> GetAsync(string table, string key, CancellationToken cancellationToken) => Task.FromResult(_rows.GetValueOrDefault((table, key)));

    public Task SetAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            _rows.Remove((write.Table, write.Key));
            if (write.Value is not null)
            {
                _rows.Add((write.Table, write.Key), write.Value);
            }
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<KeyValuePair<string, byte[]>> ListAsync(string table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (key, value) in _rows.Where(r => r.Key.Table == table && (after is null || string.CompareOrdinal(r.Key.Key, after) > 0)).ToList())
        {
            yield return KeyValuePair.Create(key.Key, value);
        }
    }
}
