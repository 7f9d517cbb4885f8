using System.Buffers.Binary;
using System.Numerics;
using CloudPump.Events;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// Entries one after another in blocks of up to 16 MB: few, because a look into a block also touches its head, where its length stands. An entry is {stamp: 8 bytes, change number: 4,
/// value length: 3, kind: 1, key length: 2, key, value}, and its address counts steps of 8 bytes over all blocks; address 0 is none.
/// </summary>
internal sealed class EntryBlocks
{
    private const int BlockSize = 1 << 24;
    private const int FirstSize = 1 << 16;
    private const int MostBlocks = 32;
    private const int Header = 18;
    private const int StepBits = 3;
    private const int BlockBits = 24 - StepBits;
    private byte[][] _blocks = [NewBlock(FirstSize)];
    private int _last;
    private int _next = 1 << StepBits;

    /// <summary>How much memory the blocks take.</summary>
    public long Bytes => ((long)_last * BlockSize) + _blocks[_last].Length;

    /// <summary>Whether the entry has this key.</summary>
    public bool KeyEquals(uint address, ReadOnlySpan<byte> key)
    {
        var block = _blocks[address >> BlockBits].AsSpan((int)(address & ((1 << BlockBits) - 1)) << StepBits);
        return BinaryPrimitives.ReadUInt16LittleEndian(block[16..]) == key.Length && block.Slice(Header, key.Length).SequenceEqual(key);
    }

    /// <summary>Reads a bit of an entry: where its key's length stands, close to the key.</summary>
    public void Touch(uint address) => Cache.Prefetch(ref _blocks[address >> BlockBits][((address & ((1 << BlockBits) - 1)) << StepBits) + 16]);

    /// <summary>The entry at an address.</summary>
    public LookupEntry Read(uint address)
    {
        var block = _blocks[address >> BlockBits];
        var at = (int)(address & ((1 << BlockBits) - 1)) << StepBits;
        var span = block.AsSpan(at);
        var lengthAndKind = BinaryPrimitives.ReadUInt32LittleEndian(span[12..]);
        return new LookupEntry(
            block,
            at + Header,
            BinaryPrimitives.ReadUInt16LittleEndian(span[16..]),
            (int)(lengthAndKind & 0xFF_FFFF),
            (FieldKind)(lengthAndKind >> 24),
            BinaryPrimitives.ReadInt64LittleEndian(span),
            BinaryPrimitives.ReadUInt32LittleEndian(span[8..]));
    }

    /// <summary>Adds an entry; returns its address.</summary>
    /// <exception cref="LookupException">There is no more room.</exception>
    public uint Add(ReadOnlySpan<byte> key, FieldKind kind, ReadOnlySpan<byte> value, long stamp, uint sequence)
    {
        var size = Header + key.Length + value.Length;
        if (_next + size > _blocks[_last].Length)
        {
            MakeRoom(size);
        }

        var at = _next;
        var span = _blocks[_last].AsSpan(at);
        BinaryPrimitives.WriteInt64LittleEndian(span, stamp);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], (uint)value.Length | ((uint)kind << 24));
        BinaryPrimitives.WriteUInt16LittleEndian(span[16..], (ushort)key.Length);
        key.CopyTo(span[Header..]);
        value.CopyTo(span[(Header + key.Length)..]);
        _next = (at + size + (1 << StepBits) - 1) & -(1 << StepBits);
        return ((uint)_last << BlockBits) | (uint)(at >> StepBits);
    }

    private static byte[] NewBlock(int size) => GC.AllocateUninitializedArray<byte>(size);

    // Arrays are replaced, not changed, where they grow: readers hold the old ones, in which what they have found stays as it is.
    private void MakeRoom(int size)
    {
        if (_next + size > BlockSize)
        {
            NextBlock();
            return;
        }

        var grown = NewBlock(Math.Min((int)BitOperations.RoundUpToPowerOf2((uint)(_next + size)), BlockSize));
        _blocks[_last].AsSpan(0, _next).CopyTo(grown);
        Volatile.Write(ref _blocks[_last], grown);
    }

    private void NextBlock()
    {
        if (_last + 1 == MostBlocks)
        {
            throw new LookupException($"A lookup can hold {(long)MostBlocks * BlockSize >> 20} MB; this one has more.");
        }

        if (_last + 1 == _blocks.Length)
        {
            Array.Resize(ref _blocks, _blocks.Length * 2);
        }

        _blocks[++_last] = NewBlock(BlockSize);
        _next = 0;
    }
}
