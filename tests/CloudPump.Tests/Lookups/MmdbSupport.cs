using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CloudPump.Lookups.Mmdb;

namespace CloudPump.Tests.Lookups;

/// <summary>Helpers of the tests that read MaxMind databases.</summary>
internal static class MmdbSupport
{
    public static string JsonOf(MmdbReader reader, MmdbRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        reader.WriteJson(record, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static bool TryFind(MmdbReader reader, string address, out MmdbRecord record) =>
        reader.TryFind(IPAddress.Parse(address).GetAddressBytes(), out record);

    /// <summary>Looks up and decodes every network of a database, at most <paramref name="limit"/> of them; returns their number.</summary>
    public static int ReadAll(MmdbReader reader, int limit = 20_000)
    {
        var bits = reader.Metadata.IPVersion == 4 ? 32 : 128;
        var output = new ArrayBufferWriter<byte>();
        Span<byte> address = stackalloc byte[16];
        var count = 0;
        for (UInt128 next = 0; count < limit; count++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(address, next << (128 - bits));
            if (reader.TryFind(address[..(bits / 8)], out var record))
            {
                output.ResetWrittenCount();
                reader.WriteJson(record, output);
                reader.TryGetString(record, "country.iso_code"u8, out _);
            }

            var step = bits == record.PrefixLength ? 1 : UInt128.One << (bits - record.PrefixLength);
            next = (next & ~(step - 1)) + step;
            if (record.PrefixLength == 0 || next == 0 || (bits == 32 && next > uint.MaxValue))
            {
                break;
            }
        }

        return count;
    }

    /// <summary>Compares with the answers of another reader, which writes bytes as hex and large numbers as strings.</summary>
    public static void AssertSame(JsonElement expected, JsonElement actual, string where)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object when expected.TryGetProperty("hex", out var hex):
                Assert.Equal(hex.GetString(), Convert.ToHexStringLower(actual.GetBytesFromBase64()));
                break;
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Count(), actual.EnumerateObject().Count());
                foreach (var property in expected.EnumerateObject())
                {
                    Assert.True(actual.TryGetProperty(property.Name, out var value), $"{where}: {property.Name} is missing");
                    AssertSame(property.Value, value, $"{where}.{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
                foreach (var (left, right) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                {
                    AssertSame(left, right, where);
                }

                break;
            case JsonValueKind.Number when actual.ValueKind == JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetDouble(), 1e-6);
                break;
            default:
                Assert.Equal(expected.ToString(), actual.ToString());
                break;
        }
    }

    public static (byte[] Address, int Prefix) Network(string text)
    {
        var parts = text.Split('/');
        return (IPAddress.Parse(parts[0]).GetAddressBytes(), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
