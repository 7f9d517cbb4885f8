using System.Runtime.CompilerServices;
using CloudPump.Events;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// Keys and values in memory: an open hash table of 4 bytes a slot over entries that lie one after another in blocks of bytes, without an object per entry. Many threads
/// read while one writes: an entry never changes once it can be found, so a reader sees the old value or the new one. Every change has a number, so that others can be
/// told what has changed since they last asked.
/// </summary>
public sealed class LookupTable
{
    /// <summary>The longest key, in bytes.</summary>
    public const int MaxKey = 300;

    /// <summary>The longest value, in bytes.</summary>
    public const int MaxValue = 256 << 10;

    // 26 bits of address, in steps of 8 bytes, hold 512 MB; the other 6 tell most keys apart without a look at them.
    private const uint AddressMask = (1 << 26) - 1;
    private const int FirstSlots = 64;

    // Smaller tables stay in the cache by themselves.
    private const int FewestTouched = 1 << 14;
    private const long LeastGarbage = 8 << 20;
    private readonly Lock _write = new();
    private State _state = new(new uint[FirstSlots], new EntryBlocks());
    private int _used;
    private long _garbage;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the last change.</summary>
    public uint Sequence { get; private set; }

    /// <summary>The number since which all changes are still known, removals among them.</summary>
    internal uint Oldest { get; private set; }

    /// <summary>Tells apart tables whose change numbers have nothing to do with each other.</summary>
    public ulong Epoch { get; private set; } = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    /// <summary>The memory that it takes, in bytes.</summary>
    public long Bytes => (_state.Slots.Length * 4L) + _state.Blocks.Bytes;

    /// <summary>Finds the value of a key.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out LookupEntry entry) => TryGet(key, KeyHash.Of(key), out entry);

    /// <summary>The same with the key's <see cref="KeyHash"/>.</summary>
    internal bool TryGet(ReadOnlySpan<byte> key, ulong hash, out LookupEntry entry)
    {
        var state = Volatile.Read(ref _state);
        var slot = Volatile.Read(ref state.Slots[Find(state, key, hash)]);
        entry = slot == 0 ? default : state.Blocks.Read(slot & AddressMask);
        return slot != 0 && entry.Kind != FieldKind.Missing;
    }

    /// <summary>
    /// Reads the memory of several entries side by side, so that <see cref="TryGet(ReadOnlySpan{byte}, ulong, out LookupEntry)"/> then finds it in the processor's cache. One after another
    /// each would wait for the main memory twice.
    /// </summary>
    internal void Touch(ReadOnlySpan<ulong> hashes)
    {
        var state = Volatile.Read(ref _state);
        if (state.Slots.Length < FewestTouched)
        {
            return;
        }

        var (slots, mask) = (state.Slots, state.Slots.Length - 1);
        foreach (var hash in hashes)
        {
            Cache.Prefetch(ref slots[(int)hash & mask]);
        }

        foreach (var hash in hashes)
        {
            var (at, tag) = ((int)hash & mask, TagOf(hash));
            while (slots[at] is var slot and not 0)
            {
                if (((slot ^ tag) & ~AddressMask) == 0)
                {
                    state.Blocks.Touch(slot & AddressMask);
                    break;
                }

                at = (at + 1) & mask;
            }
        }
    }

    /// <summary>Hands out every entry as it is now, removed ones among them, with the blocks and the address where it stays.</summary>
    internal void ForEach(Action<EntryBlocks, uint> take)
    {
        var state = Volatile.Read(ref _state);
        foreach (var slot in state.Slots)
        {
            if (slot != 0)
            {
                take(state.Blocks, slot & AddressMask);
            }
        }
    }

    /// <summary>
    /// Sets the value of a key, or removes the key when the kind is Missing. A stamp older than the one that is there is too late and changes nothing.
    /// </summary>
    /// <returns>Whether something changed.</returns>
    public bool Set(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp)
    {
        lock (_write)
        {
            return Write(key, kind, value, stamp, Sequence + 1);
        }
    }

    /// <summary>Applies a change that another instance has numbered.</summary>
    internal void Follow(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp, uint sequence)
    {
        lock (_write)
        {
            Write(key, kind, value, stamp, sequence);
        }
    }

    /// <summary>Takes the numbering of another instance over.</summary>
    /// <param name="epoch">The other's epoch.</param>
    /// <param name="sequence">The last change.</param>
    /// <param name="oldest">The change since which this one knows all.</param>
    internal void Follow(ulong epoch, uint sequence, uint oldest) => (Epoch, Sequence, Oldest) = (epoch, sequence, oldest);

    private static uint TagOf(ulong hash) => (uint)(hash >> 32) & ~AddressMask;

    private static int Find(State state, ReadOnlySpan<byte> key, ulong hash)
    {
        var (slots, mask) = (state.Slots, state.Slots.Length - 1);
        var tag = TagOf(hash);
        var at = (int)hash & mask;
        while (Volatile.Read(ref slots[at]) is var slot and not 0)
        {
            if (((slot ^ tag) & ~AddressMask) == 0 && state.Blocks.KeyEquals(slot & AddressMask, key))
            {
                break;
            }

            at = (at + 1) & mask;
        }

        return at;
    }

    private bool Write(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp, uint sequence)
    {
        var hash = KeyHash.Of(key);
        var at = Find(_state, key, hash);
        var known = _state.Slots[at];
        if (known != 0)
        {
            var entry = _state.Blocks.Read(known & AddressMask);
            if (stamp < entry.Stamp || (kind == FieldKind.Missing && entry.Kind == FieldKind.Missing) || (entry.Kind == kind && entry.Value.SequenceEqual(value) && stamp == entry.Stamp))
            {
                return false;
            }

            Count += (kind == FieldKind.Missing ? 0 : 1) - (entry.Kind == FieldKind.Missing ? 0 : 1);
            _garbage += entry.Size;
        }
        else if (kind == FieldKind.Missing)
        {
            return false;
        }
        else
        {
            Count++;
            _used++;
        }

        var address = _state.Blocks.Add(key, kind, value, stamp, sequence);
        Volatile.Write(ref _state.Slots[at], TagOf(hash) | address);
        Sequence = Math.Max(Sequence, sequence);
        Tidy();
        return true;
    }

    private void Tidy()
    {
        var full = _used * 4L > _state.Slots.Length * 3L;
        if ((_garbage > LeastGarbage && _garbage > _state.Blocks.Bytes / 2) || (full && Count < _used / 2))
        {
            // Removed keys go too; whoever has not heard of them yet gets everything anew.
            Oldest = Sequence;
            Rebuild(_state.Slots.Length, new EntryBlocks());
            (_garbage, _used) = (0, Count);
        }
        else if (full)
        {
            Rebuild(_state.Slots.Length * 2, null);
        }
    }

    // Into new slots, and into new blocks when the old ones hold much that is gone; readers go on with the old state meanwhile.
    private void Rebuild(int size, EntryBlocks? blocks)
    {
        var slots = new uint[size];
        foreach (var slot in _state.Slots)
        {
            if (slot == 0)
            {
                continue;
            }

            var address = slot & AddressMask;
            if (blocks is not null)
            {
                var entry = _state.Blocks.Read(address);
                if (entry.Kind == FieldKind.Missing)
                {
                    continue;
                }

                address = blocks.Add(entry.Key, entry.Kind, entry.Value, entry.Stamp, entry.Sequence);
            }

            var at = (int)KeyHash.Of(_state.Blocks.Read(slot & AddressMask).Key) & (size - 1);
            while (slots[at] != 0)
            {
                at = (at + 1) & (size - 1);
            }

            slots[at] = (slot & ~AddressMask) | address;
        }

        Volatile.Write(ref _state, new State(slots, blocks ?? _state.Blocks));
    }

    private sealed record State(uint[] Slots, EntryBlocks Blocks);
}
