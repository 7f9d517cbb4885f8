using System.Buffers.Binary;
using System.IO.Compression;
using CloudPump.Events;

namespace CloudPump.Parsers.AvroData;

/// <summary>Decompresses the blocks of a container file into the arena. No memory is taken for what a block merely claims to hold.</summary>
internal sealed class AvroBlocks(long mostBytes)
{
    // Slots point into the arena by 31 bits; what follows needs some of it too.
    private const int MostArena = 1 << 30;
    private const int ChecksumLength = 4;
    private const int Step = 64 << 10;

    /// <summary>Decompresses one block; returns what is wrong, or null.</summary>
    /// <param name="codec">Its codec.</param>
    /// <param name="batch">The batch whose arena has the block.</param>
    /// <param name="offset">Where it lies; afterwards where its data lie.</param>
    /// <param name="length">Its length; afterwards that of the data.</param>
    public string? Open(AvroCodec codec, EventBatch batch, ref int offset, ref int length)
    {
        if (codec == AvroCodec.Null)
        {
            return null;
        }

        var start = batch.ArenaLength;
        var error = codec == AvroCodec.Deflate ? Deflate(batch, offset, length) : Unsnap(batch, offset, length);
        (offset, length) = (start, batch.ArenaLength - start);
        return error;
    }

    private string? Deflate(EventBatch batch, int offset, int length)
    {
        using var stream = new DeflateStream(new MemoryStream(batch.Bytes(offset, length).ToArray()), CompressionMode.Decompress);
        try
        {
            for (var total = 0L; ;)
            {
                var read = stream.Read(batch.Reserve(Step));
                total += read;
                if (total > mostBytes || batch.ArenaLength > MostArena)
                {
                    return TooLarge();
                }

                if (read == 0)
                {
                    return null;
                }

                batch.Commit(read);
            }
        }
        catch (InvalidDataException)
        {
            return "its deflated data are damaged.";
        }
    }

    private string? Unsnap(EventBatch batch, int offset, int length)
    {
        var data = batch.Bytes(offset, length);
        if (length < ChecksumLength || !Snappy.TryLength(data[..^ChecksumLength], out var size, out var header))
        {
            return "its Snappy data are damaged.";
        }

        if (size > mostBytes || batch.ArenaLength + (long)size > MostArena)
        {
            return TooLarge();
        }

        var output = batch.Reserve(size)[..size];
        if (!Snappy.TryDecode(data[header..^ChecksumLength], output))
        {
            return "its Snappy data are damaged.";
        }

        if (Crc32.Of(output) != BinaryPrimitives.ReadUInt32BigEndian(data[^ChecksumLength..]))
        {
            return "its checksum is wrong.";
        }

        batch.Commit(size);
        return null;
    }

    private string TooLarge() => $"it has more than {mostBytes} bytes when decompressed ('max_block'), or the whole file more than {MostArena}.";
}
