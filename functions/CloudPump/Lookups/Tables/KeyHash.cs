using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// A hash of a key for tables in memory: few instructions, so that a processor that waits for one entry's memory can begin with the next ones. It takes 16 bytes with one
/// multiplication of 64 by 64 bits, whose halves it folds (the way of Wang Yi's wyhash). Nothing that is kept may depend on it; <see cref="Events.StableHash"/> is for that.
/// </summary>
internal static class KeyHash
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    /// <summary>The hash of a key.</summary>
    public static ulong Of(ReadOnlySpan<byte> key)
    {
        ref var start = ref MemoryMarshal.GetReference(key);
        var hash = (ulong)key.Length * Second;
        var at = 0;
        for (; at + 16 < key.Length; at += 16)
        {
            hash = Mix(Read(ref start, at) ^ First, Read(ref start, at + 8) ^ hash);
        }

        // The last 16 bytes or what there is of them, with some taken twice.
        var (low, high) = key.Length switch
        {
            >= 16 => (Read(ref start, key.Length - 16), Read(ref start, key.Length - 8)),
            >= 8 => (Read(ref start, 0), Read(ref start, key.Length - 8)),
            _ => (Few(key), 0UL),
        };
        return Mix(Mix(low ^ First, high ^ hash), Second);
    }

    private static ulong Read(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    private static ulong Few(ReadOnlySpan<byte> key)
    {
        var value = 0UL;
        foreach (var b in key)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
