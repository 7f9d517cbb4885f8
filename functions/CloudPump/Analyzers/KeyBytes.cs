using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CloudPump.Analyzers;

/// <summary>
/// The bytes of keys, each behind its length, in blocks of 64 KB: growing never copies what is there. Only the first block starts small, and a key too long for a block
/// has one to itself.
/// </summary>
internal sealed class KeyBytes
{
    private const int Size = 64 << 10;
    private const int Header = sizeof(int);
    private byte[][] _blocks = [new byte[1024]];
    private int _block;
    private int _used;

    /// <summary>A key by its place: the block in the upper half, the offset there in the lower.</summary>
    public ReadOnlySpan<byte> this[uint place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var block = _blocks[(int)(place >> 16)];
            var start = (int)(ushort)place;
            return block.AsSpan(start + Header, BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(start)));
        }
    }

    /// <summary>Adds a key; returns its place.</summary>
    public uint Add(ReadOnlySpan<byte> key)
    {
        var length = Header + key.Length;
        if (_blocks[_block].Length - _used < length)
        {
            MakeRoom(length);
        }

        var place = ((uint)_block << 16) | (uint)_used;
        var target = _blocks[_block].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(target, key.Length);
        key.CopyTo(target[Header..]);
        _used += length;
        return place;
    }

    /// <summary>Forgets all keys, keeps the memory.</summary>
    public void Clear() => (_block, _used) = (0, 0);

    private void MakeRoom(int length)
    {
        // Places in the first block stay as they are when it grows.
        if (_block == 0 && _blocks[0] is { Length: < Size } first && _used + length <= Size)
        {
            Array.Resize(ref first, Math.Max(Math.Min(Size, first.Length * 2), _used + length));
            _blocks[0] = first;
            return;
        }

        if (++_block > ushort.MaxValue)
        {
            throw new InvalidOperationException("A window's keys take more than 4 GB; give 'max_keys' or more shards.");
        }

        if (_block == _blocks.Length)
        {
            Array.Resize(ref _blocks, _block * 2);
        }

        if (_blocks[_block] is not { } block || block.Length < length)
        {
            _blocks[_block] = new byte[Math.Max(Size, length)];
        }

        _used = 0;
    }
}
