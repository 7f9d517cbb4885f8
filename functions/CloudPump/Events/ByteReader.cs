using System.Buffers.Binary;
using System.Text;

namespace CloudPump.Events;

/// <summary>Reads what <see cref="ByteBuffer"/> wrote; throws <see cref="InvalidDataException"/> on a cut or broken buffer.</summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Rest => _rest.Length;

    /// <summary>The next byte, which is not taken yet.</summary>
    public readonly byte Peek() => _rest.Length > 0 ? _rest[0] : throw TooShort();

    /// <summary>Reads one byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Reads an unsigned number.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number in the block is longer than ten bytes: the block is damaged.");
    }

    /// <summary>Reads a non-negative number that fits an int.</summary>
    public int Count()
    {
        var value = Varint();
        return value <= int.MaxValue ? (int)value : throw new InvalidDataException("A length in the block is out of range: the block is damaged.");
    }

    /// <summary>Reads a non-negative number that fits a long.</summary>
    public long Number()
    {
        var value = (long)Varint();
        return value >= 0 ? value : throw new InvalidDataException("A number in the block is out of range: the block is damaged.");
    }

    /// <summary>Reads how many items follow, each of at least one byte, so that a broken number never asks for more memory than the buffer justifies.</summary>
    public int Items()
    {
        var count = Count();
        return count <= _rest.Length ? count : throw TooShort();
    }

    /// <summary>Reads a signed number.</summary>
    public long Signed()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads eight bytes, little endian.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads a length and that many bytes.</summary>
    public ReadOnlySpan<byte> Blob() => Take(Count());

    /// <summary>Reads a length and that many bytes of UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Blob());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw TooShort();
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static InvalidDataException TooShort() => new("The block ends too early: it is cut or damaged.");
}
