using System.Buffers.Binary;

namespace CloudPump.Parsers.AvroData;

/// <summary>Decodes Snappy's block format (google/snappy, format_description.txt): literals, and copies of what was written before.</summary>
internal static class Snappy
{
    // The densest element is a copy of 64 bytes in three.
    private const int MostExpansion = 22;

    /// <summary>How long the data say they are; false when that is not possible.</summary>
    /// <param name="data">The compressed block.</param>
    /// <param name="length">The length when decompressed.</param>
    /// <param name="header">How many bytes say so.</param>
    public static bool TryLength(ReadOnlySpan<byte> data, out int length, out int header)
    {
        ulong value = 0;
        for (header = 0; header < 5 && header < data.Length; header++)
        {
            value |= (ulong)(data[header] & 0x7f) << (7 * header);
            if (data[header] < 0x80)
            {
                header++;
                length = (int)Math.Min(value, int.MaxValue);
                return value <= (ulong)data.Length * MostExpansion && value <= int.MaxValue;
            }
        }

        length = 0;
        return false;
    }

    /// <summary>Decodes what follows the length; false unless it gives exactly as many bytes as there is room for.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> data, Span<byte> output)
    {
        var (at, written) = (0, 0);
        while (at < data.Length)
        {
            var ok = (data[at] & 3) == 0
                ? TryLiteral(data, ref at, output, ref written)
                : TryCopy(data, ref at, output, ref written);
            if (!ok)
            {
                return false;
            }
        }

        return written == output.Length;
    }

    private static bool TryLiteral(ReadOnlySpan<byte> data, ref int at, Span<byte> output, ref int written)
    {
        long length = data[at++] >> 2;
        if (length >= 60)
        {
            var bytes = (int)length - 59;
            if (data.Length - at < bytes)
            {
                return false;
            }

            length = 0;
            for (var i = 0; i < bytes; i++)
            {
                length |= (long)data[at++] << (8 * i);
            }
        }

        length++;
        if (length > data.Length - at || length > output.Length - written)
        {
            return false;
        }

        data.Slice(at, (int)length).CopyTo(output[written..]);
        at += (int)length;
        written += (int)length;
        return true;
    }

    private static bool TryCopy(ReadOnlySpan<byte> data, ref int at, Span<byte> output, ref int written)
    {
        var tag = data[at++];
        var bytes = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        if (data.Length - at < bytes)
        {
            return false;
        }

        var length = bytes == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        var distance = bytes switch
        {
            1 => ((uint)(tag >> 5) << 8) | data[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(data[at..]),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(data[at..]),
        };
        at += bytes;
        if (distance == 0 || distance > (uint)written || length > output.Length - written)
        {
            return false;
        }

        // Byte by byte: a copy may reach into what it writes itself.
        for (var from = written - (int)distance; length > 0; length--)
        {
            output[written++] = output[from++];
        }

        return true;
    }
}
