using System.Collections.Concurrent;
using CloudPump.Events;

namespace CloudPump.Hosting.Shards;

/// <summary>
/// Shards that this process has had, so that a busy one is not loaded for every piece. A shard counts only for the very record that it was saved into: when that
/// was rolled back, or another process went on from it, the records differ.
/// </summary>
internal sealed class ShardCache
{
    private const int Most = 256;
    private readonly ConcurrentDictionary<string, (ulong Record, DurableShard Shard)> _shards = new(StringComparer.Ordinal);

    /// <summary>Takes a shard out, if it is the one of this record.</summary>
    public DurableShard? Take(string key, byte[]? record) =>
        record is not null && _shards.TryRemove(key, out var kept) && kept.Record == StableHash.Of(record) ? kept.Shard : null;

    /// <summary>Keeps a shard with the record that it was saved into.</summary>
    public void Keep(string key, byte[] record, DurableShard shard)
    {
        if (_shards.Count >= Most)
        {
            _shards.Clear();
        }

        _shards[key] = (StableHash.Of(record), shard);
    }
}
