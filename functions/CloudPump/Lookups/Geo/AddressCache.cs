using System.Runtime.InteropServices;

namespace CloudPump.Lookups.Geo;

/// <summary>
/// Remembers the JSON of addresses. Open addressing over one array of entries and one arena of bytes: a hit touches two cache
/// lines and allocates nothing. When it is full it starts again empty; addresses repeat, so it is soon useful again.
/// </summary>
internal sealed class AddressCache
{
    private const int LongestProbe = 16;
    private const int FirstArenaBytes = 64 * 1024;
    private const int MaxArenaBytes = 16 * 1024 * 1024;
    private readonly Entry[] _entries;
    private readonly int _capacity;
    private byte[] _arena = new byte[FirstArenaBytes];
    private int _arenaUsed;
    private int _count;

    public AddressCache(int capacity)
    {
        _capacity = Math.Max(capacity, 1);
        _entries = new Entry[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_capacity * 2)];
    }

    /// <summary>Gets what is known of an address; an empty <paramref name="json"/> means: known to have no record.</summary>
    public bool TryGet(scoped in AddressKey key, out ReadOnlySpan<byte> json)
    {
        var entries = _entries;
        var slot = key.Hash();
        for (var probe = 0; probe < LongestProbe; probe++, slot++)
        {
            ref readonly var entry = ref entries[slot & (uint)(entries.Length - 1)];
            if (entry.Low == key.Low && entry.High == key.High && entry.Kind == key.Kind)
            {
                json = _arena.AsSpan(entry.Offset, entry.Length);
                return true;
            }

            if (entry.Kind == 0)
            {
                break;
            }
        }

        json = default;
        return false;
    }

    /// <summary>Adds an address that <see cref="TryGet"/> did not find, and returns the cache's copy of the JSON.</summary>
    public ReadOnlySpan<byte> Add(scoped in AddressKey key, scoped ReadOnlySpan<byte> json)
    {
        if (_count >= _capacity || _arenaUsed + json.Length > MaxArenaBytes)
        {
            Array.Clear(_entries);
            _count = 0;
            _arenaUsed = 0;
        }

        MakeRoom(json.Length);
        var copy = _arena.AsSpan(_arenaUsed, json.Length);
        json.CopyTo(copy);
        _entries[FreeSlot(key)] = new Entry(key.Low, key.High, key.Kind, _arenaUsed, json.Length);
        _arenaUsed += json.Length;
        _count++;
        return copy;
    }

    // Where many keys crowd together the first one is overwritten: a lookup stays short even when somebody picks such addresses.
    private uint FreeSlot(in AddressKey key)
    {
        var mask = (uint)(_entries.Length - 1);
        var hash = key.Hash();
        for (var probe = 0u; probe < LongestProbe; probe++)
        {
            if (_entries[(hash + probe) & mask].Kind == 0)
            {
                return (hash + probe) & mask;
            }
        }

        return hash & mask;
    }

    private void MakeRoom(int bytes)
    {
        if (_arenaUsed + bytes > _arena.Length)
        {
            Array.Resize(ref _arena, Math.Max(_arena.Length * 2, _arenaUsed + bytes));
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(ulong Low, ulong High, int Kind, int Offset, int Length);
}
