namespace CloudPump.Events;

/// <content>The arena: the original bytes, and at its tail the new texts.</content>
public sealed partial class EventBatch
{
    private const int InitialArena = 4 << 10;
    private const int KeptArena = 4 << 20;
    private byte[] _arena = GC.AllocateUninitializedArray<byte>(InitialArena, pinned: true);

    /// <summary>How many bytes the arena holds.</summary>
    public int ArenaLength { get; private set; }

    /// <summary>The whole arena as written so far.</summary>
    public ReadOnlySpan<byte> Arena => _arena.AsSpan(0, ArenaLength);

    /// <summary>Bytes of the arena.</summary>
    public ReadOnlySpan<byte> Bytes(int offset, int length) => _arena.AsSpan(offset, length);

    /// <summary>Appends bytes; returns where they start.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        var offset = ArenaLength;
        ArenaLength += bytes.Length;
        return offset;
    }

    /// <summary>Room for at least <paramref name="size"/> bytes at the tail; <see cref="Commit"/> says how many were used.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_arena.Length - ArenaLength < size)
        {
            GrowArena(size);
        }

        return _arena.AsSpan(ArenaLength);
    }

    /// <summary>Keeps the first <paramref name="count"/> bytes of the reserved room; returns where they start.</summary>
    public int Commit(int count)
    {
        var offset = ArenaLength;
        ArenaLength += count;
        return offset;
    }

    private void ClearArena()
    {
        ArenaLength = 0;
        if (_arena.Length > KeptArena)
        {
            // One huge event must not keep its memory for ever.
            _arena = GC.AllocateUninitializedArray<byte>(InitialArena, pinned: true);
        }
    }

    private void GrowArena(int size)
    {
        var length = Math.Max(_arena.Length * 2L, ArenaLength + (long)size);
        var arena = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, Array.MaxLength), pinned: true);
        Arena.CopyTo(arena);
        _arena = arena;
    }
}
