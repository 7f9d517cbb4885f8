using System.Text;
using CloudPump.Events;
using CloudPump.Parsers.AvroData;

namespace CloudPump.Tests.Parsers.AvroData;

/// <summary>Writes Avro's binary encoding, for tests.</summary>
internal sealed class AvroBytesWriter
{
    private static readonly byte[] Sync = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private readonly ByteBuffer _bytes = new();

    public byte[] Bytes => _bytes.Written.ToArray();

    public AvroBytesWriter Long(params ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            _bytes.WriteSigned(value);
        }

        return this;
    }

    public AvroBytesWriter Text(string text) => Blob(Encoding.UTF8.GetBytes(text));

    public AvroBytesWriter Blob(params byte[] bytes) => Long(bytes.Length).Raw(bytes);

    public AvroBytesWriter Double(double value) => Raw(BitConverter.GetBytes(value));

    public AvroBytesWriter Float(float value) => Raw(BitConverter.GetBytes(value));

    public AvroBytesWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A container file.</summary>
    public static byte[] Container(string schema, string codec, params (long Count, byte[] Data)[] blocks)
    {
        var file = new AvroBytesWriter().Raw("Obj\u0001"u8).Long(2).Text("avro.schema").Text(schema).Text("avro.codec").Text(codec).Long(0).Raw(Sync);
        foreach (var (count, data) in blocks)
        {
            file.Long(count).Blob(data).Raw(Sync);
        }

        return file.Bytes;
    }

    /// <summary>A block's data as Snappy literals with their checksum.</summary>
    public static byte[] Snappy(byte[] data)
    {
        var block = new ByteBuffer();
        block.WriteVarint((ulong)data.Length);
        foreach (var part in data.Chunk(60))
        {
            block.WriteByte((byte)((part.Length - 1) << 2));
            block.Write(part);
        }

        var checksum = BitConverter.GetBytes(Crc32.Of(data));
        Array.Reverse(checksum);
        return [.. block.Written, .. checksum];
    }
}
