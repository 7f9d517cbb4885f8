using CloudPump.Events;

namespace CloudPump.Lookups.Tables;

/// <summary>
/// An entry of a lookup. The value is UTF-8: of kind String a text, of Number, Bool, List and Object the JSON text, of Timestamp RFC 3339, of Bytes the bytes; the kind
/// Missing tells that the key was removed.
/// </summary>
public readonly ref struct LookupEntry
{
    private readonly int _keyLength;

    internal LookupEntry(byte[] block, int offset, int keyLength, int valueLength, FieldKind kind, long stamp, uint sequence)
    {
        (Block, KeyOffset, _keyLength, ValueLength, Kind, Stamp, Sequence) = (block, offset, keyLength, valueLength, kind, stamp, sequence);
    }

    /// <summary>What the value is.</summary>
    public FieldKind Kind { get; }

    /// <summary>When it was set, in UTC ticks; 0 where the source tells no time.</summary>
    public long Stamp { get; }

    /// <summary>The number of the change that set it.</summary>
    public uint Sequence { get; }

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key => Block.AsSpan(KeyOffset, _keyLength);

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value => Block.AsSpan(ValueOffset, ValueLength);

    /// <summary>The bytes that the entry lies in; they never change.</summary>
    internal byte[] Block { get; }

    internal int ValueOffset => KeyOffset + _keyLength;

    internal int ValueLength { get; }

    internal int Size => _keyLength + ValueLength + 24;

    private int KeyOffset { get; }
}
