using System.Buffers.Binary;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// Where IPv4 lookups start: the node of ::/96 in a tree of IPv6 addresses, and for large trees a table of the first 16 bits,
/// which halves the time of a lookup (a walk is a chain of cache misses).
/// </summary>
internal sealed class MmdbIPv4Index
{
    private const uint SmallTree = 16_384;
    private readonly uint _start;
    private readonly uint[]? _nodes;
    private readonly byte[]? _depths;

    public MmdbIPv4Index(MmdbTree tree, MmdbMetadata metadata)
    {
        _start = metadata.IPVersion == 4 ? 0 : tree.Walk(0, UInt128.Zero, 96, out _);
        if (metadata.NodeCount < SmallTree)
        {
            return;
        }

        _nodes = new uint[65_536];
        _depths = new byte[65_536];
        for (var top = 0u; top < _nodes.Length; top++)
        {
            _nodes[top] = tree.Walk32(_start, top << 16, 16, out var depth);
            _depths[top] = (byte)depth;
        }
    }

    public uint Find(MmdbTree tree, ReadOnlySpan<byte> address, uint nodeCount, out int depth)
    {
        var bits = BinaryPrimitives.ReadUInt32BigEndian(address);
        if (_nodes is null || _depths is null)
        {
            return tree.Walk32(_start, bits, 32, out depth);
        }

        var node = _nodes[bits >> 16];
        depth = _depths[bits >> 16];
        if (node >= nodeCount)
        {
            return node;
        }

        node = tree.Walk32(node, bits << 16, 16, out var more);
        depth += more;
        return node;
    }
}
