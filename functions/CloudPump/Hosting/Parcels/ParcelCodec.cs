using System.IO.Compression;
using CloudPump.Events;

namespace CloudPump.Hosting.Parcels;

/// <summary>
/// Parcels as bytes. Layout: version, whether the rest is gzip; then sender, way, whether it is ordered, and per block {positions as differences with their
/// counts, events}. Compressed when it pays: text does, a few events do not.
/// </summary>
public static class ParcelCodec
{
    private const byte Version = 1;
    private const int WorthTrying = 1024;
    private const int LargestParcel = 256 << 20;

    /// <summary>Writes a parcel.</summary>
    public static byte[] Write(Parcel parcel)
    {
        var body = new ByteBuffer(64 << 10);
        body.WriteText(parcel.From);
        body.WriteText(parcel.Hop.Path);
        body.WriteByte((byte)(parcel.Hop.Ordered ? 1 : 0));
        body.WriteVarint((ulong)parcel.Blocks.Count);
        foreach (var block in parcel.Blocks)
        {
            WritePositions(body, block.Positions);
            body.WriteBlob(block.Block.Span);
        }

        var zipped = body.Length >= WorthTrying ? Compress(body.Written) : null;
        return zipped is not null && zipped.Length < body.Length * 9L / 10 ? [Version, 1, .. zipped] : [Version, 0, .. body.Written];
    }

    /// <summary>Reads a parcel.</summary>
    /// <exception cref="InvalidDataException">The bytes are no parcel, are damaged, or of a newer version.</exception>
    public static Parcel Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 2 || bytes.Span[0] != Version)
        {
            throw new InvalidDataException($"The message is no parcel of version {Version}.");
        }

        var body = bytes.Span[1] == 0 ? bytes[2..] : Decompress(bytes[2..]);
        var input = new ByteReader(body.Span);
        var from = input.Text();
        var hop = new Hop(input.Text(), input.Byte() != 0);
        var blocks = new ParcelBlock[input.Items()];
        for (var b = 0; b < blocks.Length; b++)
        {
            blocks[b] = new ParcelBlock(ReadPositions(ref input), input.Blob().ToArray());
        }

        return new Parcel(from, hop, blocks);
    }

    private static void WritePositions(ByteBuffer output, IReadOnlyList<PositionRun> positions)
    {
        output.WriteVarint((ulong)positions.Count);
        var before = 0L;
        foreach (var (position, count) in positions)
        {
            output.WriteSigned(position - before);
            output.WriteVarint((ulong)count);
            before = position;
        }
    }

    private static PositionRun[] ReadPositions(ref ByteReader input)
    {
        var positions = new PositionRun[input.Items()];
        var before = 0L;
        for (var p = 0; p < positions.Length; p++)
        {
            before += input.Signed();
            positions[p] = new PositionRun(before, input.Count());
        }

        return positions;
    }

    private static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return output.ToArray();
    }

    private static ReadOnlyMemory<byte> Decompress(ReadOnlyMemory<byte> bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
        var output = new MemoryStream();
        var part = new byte[32 << 10];
        for (int read; (read = gzip.Read(part)) > 0;)
        {
            if (output.Length + read > LargestParcel)
            {
                throw new InvalidDataException($"The parcel unpacks to more than {LargestParcel} bytes.");
            }

            output.Write(part, 0, read);
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }
}
