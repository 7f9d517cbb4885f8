using System.Runtime.CompilerServices;

namespace CloudPump.Analyzers.Measures;

/// <summary>
/// A column's entries in blocks of 4,096: growing never copies what is there, so a million groups take no more memory while they grow than after. Only the first
/// block starts small, for windows of few groups.
/// </summary>
internal struct Chunks<T>()
{
    private const int Shift = 12;
    private const int Size = 1 << Shift;
    private T[]?[] _chunks = [new T[16]];

    /// <summary>The entry of a group that <see cref="MakeRoom"/> was called for.</summary>
    public readonly ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[index >> Shift]![index & (Size - 1)];
    }

    /// <summary>Makes room for an entry; returns it, as it was left or empty.</summary>
    public ref T MakeRoom(int index)
    {
        var (chunk, at) = (index >> Shift, index & (Size - 1));
        if (chunk >= _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(chunk + 1, _chunks.Length * 2));
        }

        ref var entries = ref _chunks[chunk];
        if (entries is null)
        {
            entries = new T[Size];
        }
        else if (at >= entries.Length)
        {
            Array.Resize(ref entries, Math.Min(Size, Math.Max(entries.Length * 2, at + 1)));
        }

        return ref entries[at];
    }
}
