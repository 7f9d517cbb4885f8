using CloudPump.Analyzers.Measures;
using CloudPump.Events;

namespace CloudPump.Analyzers;

/// <summary>
/// Keys as numbers 0, 1, 2... in the order in which they came: an open-addressing table over the keys' bytes. Besides its bytes a key takes 8 bytes and 8 to 16 for the
/// buckets.
/// </summary>
internal sealed class KeyTable
{
    private readonly KeyBytes _keys = new();
    private int[] _buckets = new int[64];
    private Chunks<Entry> _entries = new();

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int number] => _keys[_entries[number].Place];

    /// <summary>Where a key lies, for <see cref="At"/>; it stays there until <see cref="Clear"/>.</summary>
    public uint PlaceOf(int number) => _entries[number].Place;

    /// <summary>The key that lies here.</summary>
    public ReadOnlySpan<byte> At(uint place) => _keys[place];

    public ulong Hash(int number) => StableHash.Of(this[number]);

    public void Clear()
    {
        Count = 0;
        _keys.Clear();
        Array.Clear(_buckets);
    }

    /// <summary>The number of a key; a new one has the highest.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, ulong hash)
    {
        var mask = _buckets.Length - 1;
        for (var bucket = (int)hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var number = _buckets[bucket] - 1;
            if (number < 0)
            {
                return Add(key, (uint)hash, bucket);
            }

            ref var entry = ref _entries[number];
            if (entry.Hash == (uint)hash && _keys[entry.Place].SequenceEqual(key))
            {
                return number;
            }
        }
    }

    /// <summary>The numbers in the order of the keys' bytes.</summary>
    public int[] Sorted()
    {
        var numbers = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        Array.Sort(numbers, (a, b) => this[a].SequenceCompareTo(this[b]));
        return numbers;
    }

    private int Add(ReadOnlySpan<byte> key, uint hash, int bucket)
    {
        var number = Count++;
        _entries.MakeRoom(number) = new Entry { Hash = hash, Place = _keys.Add(key) };
        _buckets[bucket] = number + 1;
        if (Count * 2 > _buckets.Length)
        {
            Rehash();
        }

        return number;
    }

    private void Rehash()
    {
        // Small tables grow fast, large ones do not waste memory.
        _buckets = new int[_buckets.Length * (_buckets.Length < 1 << 16 ? 4 : 2)];
        var mask = _buckets.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var bucket = (int)_entries[number].Hash & mask;
            while (_buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & mask;
            }

            _buckets[bucket] = number + 1;
        }
    }

    private struct Entry
    {
        public uint Hash;
        public uint Place;
    }
}
