using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>A lookup that is in use: many pipelines read it while its source is read again or events fill it.</summary>
public sealed class Lookup : ILookupTable
{
    private const long MostBytes = 384L << 20;
    private readonly FieldType[] _types;
    private readonly long _ttl;
    private readonly int _most;
    private State _state;

    /// <summary>Makes an empty lookup.</summary>
    public Lookup(string name, LookupDefinition definition)
    {
        (Name, Definition, _types) = (name, definition, definition.Options.Types);
        (_ttl, _most) = definition is TableLookup table ? (table.Ttl?.Ticks ?? 0, table.MaxEntries) : (0, int.MaxValue);
        var empty = new LookupTable();
        _state = new State(empty, LookupIndex.Of(name, definition.Options, empty));
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it was made of.</summary>
    public LookupDefinition Definition { get; }

    /// <summary>The entries.</summary>
    public LookupTable Table => Volatile.Read(ref _state).Table;

    /// <summary>Finds the entry of a key.</summary>
    /// <param name="key">The key, as <see cref="LookupKey"/> makes it.</param>
    /// <param name="now">The time by which entries grow old, in UTC ticks.</param>
    /// <param name="entry">The entry.</param>
    public bool TryFind(ReadOnlySpan<byte> key, long now, out LookupEntry entry) => TryFind(key, KeyHash.Of(key), now, out entry);

    /// <summary>The same with the key's <see cref="KeyHash"/>.</summary>
    internal bool TryFind(ReadOnlySpan<byte> key, ulong hash, long now, out LookupEntry entry) =>
        Volatile.Read(ref _state).Index.TryFind(key, hash, out entry) && (_ttl == 0 || entry.Stamp + _ttl > now);

    /// <summary>Asks for the memory of the entries of some keys, given by their hashes, so that finding them does not wait for it.</summary>
    internal void Touch(ReadOnlySpan<ulong> hashes) => Volatile.Read(ref _state).Index.Touch(hashes);

    bool ILookupTable.TryGet(ReadOnlySpan<Value> key, long now, out Value value)
    {
        value = default;
        var written = new LookupKey(stackalloc byte[LookupTable.MaxKey + 1], _types);
        foreach (var part in key.Length == _types.Length ? key : default)
        {
            if (!written.TryAppend(part))
            {
                return false;
            }
        }

        if (!written.IsWhole || !TryFind(written.Written, now, out var entry))
        {
            return false;
        }

        value = LookupValue.ToValue(entry);
        return true;
    }

    /// <summary>Sets or (with the kind Missing) removes an entry; false when a newer one is there already.</summary>
    public bool Set(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp)
    {
        var table = Table;
        var changed = table.Set(key, kind, value, stamp);
        if (_most < int.MaxValue && (table.Count > _most || table.Bytes > MostBytes))
        {
            Evict(table, Math.Max(table.Count - _most, 0));
        }

        return changed;
    }

    /// <summary>Makes a table, as it is now, the one that is searched.</summary>
    /// <exception cref="LookupException">A key cannot be searched by; the old table stays.</exception>
    internal void Use(LookupTable table)
    {
        if (!ReferenceEquals(table, Table) || Definition.Options.Match is LookupMatch.Cidr or LookupMatch.Range)
        {
            Volatile.Write(ref _state, new State(table, LookupIndex.Of(Name, Definition.Options, table)));
        }
    }

    // A tenth more than must go, so that it is not done for every entry.
    private void Evict(LookupTable table, int tooMany)
    {
        var stamps = new List<long>(table.Count);
        table.ForEach((blocks, address) => stamps.Add(blocks.Read(address) is { Kind: not FieldKind.Missing } entry ? entry.Stamp : long.MaxValue));
        stamps.Sort();
        var limit = stamps[Math.Min(tooMany + (table.Count / 10), stamps.Count - 1)];
        var old = new List<byte[]>();
        table.ForEach((blocks, address) =>
        {
            if (blocks.Read(address) is { Kind: not FieldKind.Missing } entry && entry.Stamp < limit)
            {
                old.Add(entry.Key.ToArray());
            }
        });
        old.ForEach(key => table.Set(key, FieldKind.Missing, default, limit));
    }

    private sealed record State(LookupTable Table, LookupIndex Index);
}
