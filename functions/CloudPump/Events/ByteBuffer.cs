using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CloudPump.Events;

/// <summary>A growing byte buffer that is written again and again: it keeps its memory when it is cleared.</summary>
public sealed class ByteBuffer(int capacity = 4096) : IBufferWriter<byte>
{
    private const int SpillAt = 512 << 10;
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What has been written, for asynchronous writes; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Takes away what has been written whenever it is much and <see cref="Checkpoint"/> is called; null keeps everything.</summary>
    public Action<ReadOnlySpan<byte>>? Spill { get; init; }

    /// <summary>A place where what has been written may be taken away, so that something large never lies in memory as a whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Checkpoint()
    {
        if (Spill is not null && Length >= SpillAt)
        {
            SpillAll();
        }
    }

    /// <summary>Has everything taken away that has been written.</summary>
    public void SpillAll()
    {
        Spill?.Invoke(Written);
        Clear();
    }

    /// <summary>Forgets the content, keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back everything after <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Appends bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    /// <summary>Appends an unsigned number, 7 bits a byte, lowest first (LEB128).</summary>
    public void WriteVarint(ulong value)
    {
        var span = GetSpan(10);
        var n = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[n++] = (byte)(value | 0x80);
        }

        span[n++] = (byte)value;
        Length += n;
    }

    /// <summary>Appends a signed number, zigzag coded.</summary>
    public void WriteSigned(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Appends eight bytes, little endian.</summary>
    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(GetSpan(8), value);
        Length += 8;
    }

    /// <summary>Appends a length and the bytes.</summary>
    public void WriteBlob(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        Write(bytes);
    }

    /// <summary>Appends a length and the text as UTF-8.</summary>
    public void WriteText(string text)
    {
        WriteVarint((ulong)System.Text.Encoding.UTF8.GetByteCount(text));
        Length += System.Text.Encoding.UTF8.GetBytes(text, GetSpan(text.Length * 3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Grow(sizeHint);
        }

        return _bytes.AsSpan(Length);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => Length += count;

    private void Grow(int needed)
    {
        var size = Math.Max(_bytes.Length * 2L, (long)Length + Math.Max(needed, 256));
        var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(size, Array.MaxLength));
        Written.CopyTo(bytes);
        _bytes = bytes;
    }
}
