using System.Buffers.Binary;

namespace CloudPump.Lookups.Mmdb;

/// <summary>
/// Reads value headers of a data section. Nothing in the file is trusted: every offset is checked against the section,
/// so a damaged file ends in <see cref="MmdbException"/> and never in a read outside of it.
/// </summary>
internal readonly ref struct MmdbData(ReadOnlySpan<byte> section, string file)
{
    private const int FirstSizeWithMoreBytes = 29;
    private readonly ReadOnlySpan<byte> _section = section;

    public ReadOnlySpan<byte> Bytes(scoped in MmdbValue value) => _section.Slice(value.Payload, value.Size);

    public MmdbException Damaged(string what) => MmdbException.Damaged(file, what);

    /// <summary>Reads the header at an offset; a pointer is returned as such.</summary>
    public MmdbValue Read(int offset)
    {
        var control = ByteAt(offset++);
        var type = (MmdbType)(control >> 5);
        if (type == MmdbType.Pointer)
        {
            return ReadPointer(control, offset);
        }

        if (type == MmdbType.Extended)
        {
            type = (MmdbType)(ByteAt(offset++) + 7);
        }

        var size = control & 0x1F;
        if (size >= FirstSizeWithMoreBytes)
        {
            size = ReadLongSize(size, ref offset);
        }

        return Check(type, size, offset);
    }

    /// <summary>Reads the header at an offset, following a pointer; pointers to pointers are against the format and refused.</summary>
    public MmdbValue ReadTarget(int offset)
    {
        var value = Read(offset);
        if (value.Type != MmdbType.Pointer)
        {
            return value;
        }

        var target = Read(value.Payload);
        return target.Type == MmdbType.Pointer ? throw Damaged("a pointer points to a pointer") : target;
    }

    /// <summary>Reads the key of a map entry; <paramref name="next"/> becomes the offset of the entry's value.</summary>
    public ReadOnlySpan<byte> ReadKey(int offset, out int next)
    {
        next = Read(offset).Next;
        var key = ReadTarget(offset);
        return key.Type == MmdbType.Utf8String ? Bytes(key) : throw Damaged("a map key is not a string");
    }

    /// <summary>Reads an unsigned number of up to 16 bytes; the format drops leading zeros.</summary>
    public UInt128 ReadUnsigned(in MmdbValue value)
    {
        UInt128 number = 0;
        foreach (var digit in Bytes(value))
        {
            number = (number << 8) | digit;
        }

        return number;
    }

    public double ReadFloating(in MmdbValue value) => value.Type == MmdbType.Double
        ? BinaryPrimitives.ReadDoubleBigEndian(Bytes(value))
        : BinaryPrimitives.ReadSingleBigEndian(Bytes(value));

    /// <summary>The offset behind a value, without following pointers. Ends because every step moves forward in the section.</summary>
    public int Skip(int offset)
    {
        for (var open = 1L; open > 0; open--)
        {
            var value = Read(offset);
            open += value.Type switch { MmdbType.Map => 2L * value.Size, MmdbType.Array => value.Size, _ => 0 };
            offset = value.Next;
        }

        return offset;
    }

    private MmdbValue ReadPointer(int control, int offset)
    {
        var extra = (control >> 3) & 3;
        long target = extra == 3 ? 0 : control & 7;
        for (var i = 0; i <= extra; i++)
        {
            target = (target << 8) | ByteAt(offset++);
        }

        target += extra switch { 1 => 2048, 2 => 526336, _ => 0 };
        return target < _section.Length
            ? new MmdbValue(MmdbType.Pointer, 0, (int)target, offset)
            : throw Damaged($"a pointer leads to {target}, behind the data section of {_section.Length} bytes");
    }

    private int ReadLongSize(int size, ref int offset)
    {
        var more = 0;
        for (var i = size - FirstSizeWithMoreBytes; i >= 0; i--)
        {
            more = (more << 8) | ByteAt(offset++);
        }

        return more + size switch { 29 => 29, 30 => 285, _ => 65821 };
    }

    private MmdbValue Check(MmdbType type, int size, int payload)
    {
        var fits = type switch
        {
            MmdbType.Utf8String or MmdbType.Bytes => true,
            MmdbType.Double => size == 8,
            MmdbType.Float => size == 4,
            MmdbType.UInt16 => size <= 2,
            MmdbType.UInt32 or MmdbType.Int32 => size <= 4,
            MmdbType.UInt64 => size <= 8,
            MmdbType.UInt128 => size <= 16,
            MmdbType.Map or MmdbType.Array => true,
            MmdbType.Boolean => size <= 1,
            _ => throw Damaged($"unknown data type {(int)type} near {payload}"),
        };
        // A map entry takes at least two bytes, so an invented size is seen here and not after millions of steps.
        long needed = type switch { MmdbType.Map => 2L * size, MmdbType.Boolean => 0, _ => size };
        if (!fits || needed > _section.Length - payload)
        {
            throw Damaged($"a {type} near {payload} has the impossible size {size}");
        }

        var isInline = type is MmdbType.Map or MmdbType.Array or MmdbType.Boolean;
        return new MmdbValue(type, size, payload, isInline ? payload : payload + size);
    }

    private byte ByteAt(int offset) =>
        (uint)offset < (uint)_section.Length ? _section[offset] : throw Damaged("a value runs over the end of the data section");
}
