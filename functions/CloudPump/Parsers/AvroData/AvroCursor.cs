using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CloudPump.Parsers.AvroData;

/// <summary>
/// Walks along binary data (specification 1.12, "Binary Encoding"). The first mistake stays, and puts the cursor at the end: after it every read gives nothing, so that loops end
/// by themselves.
/// </summary>
internal ref struct AvroCursor(ReadOnlySpan<byte> bytes, int arenaOffset)
{
    /// <summary>How deep values may be nested.</summary>
    public const int MostDeep = 128;

    // Values without bytes (null, a record without fields) can be claimed by the billion at no cost.
    private const int MostEmptyItems = 65_536;
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _depth;
    private int _emptyItems;

    /// <summary>The next byte.</summary>
    public int Position { get; private set; }

    /// <summary>Where the next byte stands in the arena.</summary>
    public readonly int ArenaPosition => arenaOffset + Position;

    /// <summary>What is wrong, and where; null as long as nothing is.</summary>
    public string? Error { get; private set; }

    public readonly bool Failed => Error is not null;

    public readonly int Left => _bytes.Length - Position;

    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>How many bytes of text were made of the data.</summary>
    public long Made { get; set; }

    public void Fail(string what) => FailAt(what, Position);

    /// <summary>A number in zigzag coding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Long()
    {
        if (Position < _bytes.Length && _bytes[Position] < 0x80)
        {
            var b = _bytes[Position++];
            return (b >> 1) ^ -(b & 1);
        }

        return LongerLong();
    }

    /// <summary>A number in zigzag coding of 32 bits.</summary>
    public int Int()
    {
        var start = Position;
        var value = Long();
        if (value != (int)value)
        {
            FailAt("An int has more than 32 bits", start);
            return 0;
        }

        return (int)value;
    }

    /// <summary>Bytes; none when there are not so many.</summary>
    public ReadOnlySpan<byte> Take(long length, string what)
    {
        if (length < 0 || length > Left)
        {
            Fail(length < 0 ? $"{what} has a length below zero" : $"{what} goes beyond the end");
            return default;
        }

        var taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    public float Float() => Take(4, "A float") is { Length: 4 } bytes ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : 0;

    public double Double() => Take(8, "A double") is { Length: 8 } bytes ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : 0;

    /// <summary>How many items the next block of an array or map has; 0 at its end.</summary>
    /// <param name="size">Its size in bytes, if it is told; else -1.</param>
    public long Block(out long size)
    {
        var start = Position;
        var count = Long();
        size = -1;
        if (count >= 0)
        {
            return count;
        }

        size = Long();
        if (count == long.MinValue || size < 0 || size > Left)
        {
            FailAt("A block of an array or map has a wrong count or size", start);
            return 0;
        }

        return -count;
    }

    /// <summary>Notes that an item was read that began at a place.</summary>
    public void CountItem(int start)
    {
        if (Position == start && ++_emptyItems > MostEmptyItems)
        {
            Fail($"More than {MostEmptyItems} items take no bytes");
        }
    }

    /// <summary>Goes one level deeper; false when that is too deep.</summary>
    public bool Enter()
    {
        if (++_depth > MostDeep)
        {
            Fail($"Values are nested deeper than {MostDeep} levels");
        }

        return !Failed;
    }

    public void Leave() => _depth--;

    /// <summary>Notes a mistake at a place that has been read over already.</summary>
    public void FailAt(string what, int position)
    {
        Error ??= $"{what}, at byte {position}.";
        Position = _bytes.Length;
    }

    private long LongerLong()
    {
        var start = Position;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (Position >= _bytes.Length)
            {
                FailAt("The data end in the middle of a number", start);
                return 0;
            }

            var b = _bytes[Position++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80 && (shift < 63 || b <= 1))
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        FailAt("A number has more than 64 bits", start);
        return 0;
    }
}
