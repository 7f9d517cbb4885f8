using System.Buffers.Binary;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// The binary search tree. Its length has been checked against the file, and the 16 zero bytes behind it belong to the span,
/// so that the last record can be read as a whole 32-bit word.
/// </summary>
internal readonly ref struct MmdbTree(ReadOnlySpan<byte> bytes, uint nodeCount, int recordSize)
{
    public const int SeparatorBytes = 16;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Follows the bits of an address (left-aligned in <paramref name="bits"/>) until a leaf, or until the bits end.</summary>
    public uint Walk(uint node, UInt128 bits, int bitCount, out int depth)
    {
        var high = (ulong)(bits >> 64);
        var count = Math.Min(bitCount, 64);
        for (depth = 0; depth < count && node < nodeCount; depth++, high <<= 1)
        {
            node = Child(node, (int)(high >> 63));
        }

        var low = (ulong)bits;
        for (; depth < bitCount && node < nodeCount; depth++, low <<= 1)
        {
            node = Child(node, (int)(low >> 63));
        }

        return node;
    }

    /// <summary>The same for up to 32 bits, left-aligned.</summary>
    public uint Walk32(uint node, uint bits, int bitCount, out int depth)
    {
        for (depth = 0; depth < bitCount && node < nodeCount; depth++, bits <<= 1)
        {
            node = Child(node, (int)(bits >> 31));
        }

        return node;
    }

    /// <summary>
    /// The first node with a record that leads nowhere: back to the root, or outside of the data section; -1 when there is none.
    /// One pass over the tree when a file is opened (3 ms per million records) finds damage that lookups might meet much later.
    /// </summary>
    public long FindBrokenNode(int dataLength)
    {
        var firstRecord = (long)nodeCount + SeparatorBytes;
        for (var node = 0u; node < nodeCount; node++)
        {
            if (IsBroken(Child(node, 0), firstRecord, dataLength) || IsBroken(Child(node, 1), firstRecord, dataLength))
            {
                return node;
            }
        }

        return -1;
    }

    private bool IsBroken(uint child, long firstRecord, int dataLength) =>
        child == 0 || (child > nodeCount && (child < firstRecord || child - firstRecord >= dataLength));

    private uint Child(uint node, int side) => recordSize switch
    {
        24 => Word((int)node * 6 + side * 3) >> 8,
        28 => side == 0 ? Left28(Word((int)node * 7)) : Word((int)node * 7 + 3) & 0x0FFF_FFFF,
        _ => Word((int)node * 8 + side * 4),
    };

    // The fourth byte of a 28-bit node holds the top four bits of both records; the left one's are its upper half.
    private static uint Left28(uint word) => (word >> 8) | ((word & 0xF0) << 20);

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.Slice(offset, 4));
}
