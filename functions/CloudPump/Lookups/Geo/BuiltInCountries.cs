using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace CloudPump.Lookups.Geo;

/// <summary>
/// A small table of well-known address ranges and their countries, so that samples work without a database.
/// It covers every address of the sample generators, and is no replacement for a real database.
/// </summary>
public static partial class BuiltInCountries
{
    private static readonly CountryRange[] IPv4 = Parse(bytes: 4);
    private static readonly CountryRange[] IPv6 = Parse(bytes: 16);
    private static readonly byte[][] IPv4Json = Array.ConvertAll(IPv4, Json);
    private static readonly byte[][] IPv6Json = Array.ConvertAll(IPv6, Json);
    private static readonly uint[] IPv4Firsts = Array.ConvertAll(IPv4, range => (uint)range.First);

    /// <summary>The IPv4 ranges, in the order of their addresses.</summary>
    public static IReadOnlyList<CountryRange> IPv4Ranges { get; } = Array.AsReadOnly(IPv4);

    /// <summary>The IPv6 ranges, in the order of their addresses.</summary>
    public static IReadOnlyList<CountryRange> IPv6Ranges { get; } = Array.AsReadOnly(IPv6);

    /// <summary>Finds <c>{"country_code":"DE"}</c> for an address of 4 or 16 bytes (network order).</summary>
    public static bool TryFindJson(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> json)
    {
        var index = address.Length == 4 ? FindIPv4(BinaryPrimitives.ReadUInt32BigEndian(address)) : FindIPv6(address);
        json = index < 0 ? default : (address.Length == 4 ? IPv4Json : IPv6Json)[index];
        return index >= 0;
    }

    private static int FindIPv4(uint address)
    {
        var index = Array.BinarySearch(IPv4Firsts, address);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && address <= IPv4[index].Last ? index : -1;
    }

    private static int FindIPv6(ReadOnlySpan<byte> bytes)
    {
        var address = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        for (var i = 0; i < IPv6.Length; i++)
        {
            if (address >= IPv6[i].First && address <= IPv6[i].Last)
            {
                return i;
            }
        }

        return -1;
    }

    private static CountryRange[] Parse(int bytes) =>
    [
        .. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Split(' '))
            .SelectMany(words => words.Skip(1).Select(network => Range(network, words[0], bytes)).OfType<CountryRange>())
            .OrderBy(range => range.First),
    ];

    private static CountryRange? Range(string network, string country, int bytes)
    {
        var parts = network.Split('/');
        var address = IPAddress.Parse(parts[0]).GetAddressBytes();
        if (address.Length != bytes)
        {
            return null;
        }

        var first = address.Aggregate(UInt128.Zero, (number, digit) => (number << 8) | digit);
        var hostBits = bytes * 8 - int.Parse(parts[1], CultureInfo.InvariantCulture);
        return new CountryRange(first, first + (UInt128.One << hostBits) - 1, country);
    }

    private static byte[] Json(CountryRange range) => Encoding.UTF8.GetBytes($$"""{"country_code":"{{range.CountryCode}}"}""");
}
