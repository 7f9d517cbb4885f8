using System.Buffers;
using System.Buffers.Binary;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// Reads a MaxMind DB (format 2.0) file through a memory mapping. Lookups may run on many threads at once and allocate nothing;
/// <see cref="Dispose"/> only after the last of them.
/// </summary>
public sealed class MmdbReader : IDisposable
{
    private readonly MappedFile _file;
    private readonly string _path;
    private readonly int _dataStart;
    private readonly int _dataEnd;
    private readonly MmdbIPv4Index _ipv4;

    private MmdbReader(MappedFile file, string path)
    {
        _file = file;
        _path = path;
        Metadata = MmdbMetadataReader.Read(file.Bytes, path, out _dataEnd);
        _dataStart = (int)Metadata.SearchTreeBytes + MmdbTree.SeparatorBytes;
        if (Tree.FindBrokenNode(_dataEnd - _dataStart) is >= 0 and var node)
        {
            throw MmdbException.Damaged(path, $"node {node} of its search tree leads nowhere");
        }

        _ipv4 = new MmdbIPv4Index(Tree, Metadata);
    }

    /// <summary>What the file says about itself.</summary>
    public MmdbMetadata Metadata { get; }

    private MmdbTree Tree => new(_file.Bytes[.._dataStart], Metadata.NodeCount, Metadata.RecordSize);

    private MmdbData Data => new(_file.Bytes[_dataStart.._dataEnd], _path);

    /// <summary>Opens a database and checks its structure.</summary>
    /// <exception cref="MmdbException">The file cannot be read or is no usable MaxMind database.</exception>
    public static MmdbReader Open(string path)
    {
        MappedFile? file = null;
        try
        {
            file = new MappedFile(path);
            return new MmdbReader(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            file?.Dispose();
            throw MmdbException.Unreadable(path, e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Finds the record of an address of 4 or 16 bytes (network order). IPv4 is also found in a tree of IPv6 addresses.</summary>
    /// <param name="address16or4">The address's bytes.</param>
    /// <param name="record">The record; its prefix length is set as well when there is none for the address.</param>
    /// <exception cref="MmdbException">The search tree is damaged.</exception>
    public bool TryFind(ReadOnlySpan<byte> address16or4, out MmdbRecord record)
    {
        var tree = Tree;
        uint leaf;
        int depth;
        if (address16or4.Length == 4)
        {
            leaf = _ipv4.Find(tree, address16or4, Metadata.NodeCount, out depth);
        }
        else if (address16or4.Length == 16)
        {
            leaf = Metadata.IPVersion == 4
                ? NotFound(out depth)
                : tree.Walk(0, BinaryPrimitives.ReadUInt128BigEndian(address16or4), 128, out depth);
        }
        else
        {
            throw new ArgumentException("An address has 4 or 16 bytes.", nameof(address16or4));
        }

        record = new MmdbRecord(DataOffset(leaf), depth);
        return record.DataOffset >= 0;
    }

    /// <summary>Writes a record as compact JSON. When it throws, what was written so far is to be thrown away.</summary>
    /// <remarks>Bytes become base64, unsigned 128-bit numbers strings, and numbers that JSON cannot express null.</remarks>
    /// <exception cref="MmdbException">The record is damaged, or larger than any sane record.</exception>
    public void WriteJson(in MmdbRecord record, IBufferWriter<byte> output) => new MmdbJson(Data, output).Write(record.DataOffset);

    /// <summary>Gets one text of a record, for example that of <c>country.iso_code</c>, as a view into the file.</summary>
    /// <exception cref="MmdbException">The record is damaged.</exception>
    public bool TryGetString(in MmdbRecord record, ReadOnlySpan<byte> path, out ReadOnlySpan<byte> utf8)
    {
        var data = Data;
        var found = MmdbPath.TryFind(data, record.DataOffset, path, out var value) && value.Type == MmdbType.Utf8String;
        utf8 = found ? data.Bytes(value) : default;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private uint NotFound(out int depth)
    {
        depth = 0;
        return Metadata.NodeCount;
    }

    private int DataOffset(uint leaf)
    {
        if (leaf == Metadata.NodeCount)
        {
            return -1;
        }

        // Below node_count: the address's bits ended inside the tree. Behind it: 16 more for the separator, then the data section.
        var offset = (long)leaf - Metadata.NodeCount - MmdbTree.SeparatorBytes;
        return offset >= 0 && offset < _dataEnd - _dataStart
            ? (int)offset
            : throw MmdbException.Damaged(_path, $"its search tree leads to {leaf}, which is neither a node nor a record");
    }
}
