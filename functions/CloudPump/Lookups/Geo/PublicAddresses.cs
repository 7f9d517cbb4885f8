using System.Buffers.Binary;

namespace CloudPump.Lookups.Geo;

/// <summary>Tells addresses of the public internet from private and reserved ones, which belong to no country.</summary>
internal static class PublicAddresses
{
    public static bool Contains(ReadOnlySpan<byte> address) =>
        address.Length == 4 ? ContainsIPv4(BinaryPrimitives.ReadUInt32BigEndian(address)) : ContainsIPv6(address);

    // The IANA registry of special-purpose IPv4 addresses (RFC 6890 and later).
    private static bool ContainsIPv4(uint address) => (address >> 24) switch
    {
        0 or 10 or 127 or >= 224 => false,
        100 => address >> 22 != 0x6440_0000 >> 22,
        169 => address >> 16 != 0xA9FE,
        172 => address >> 20 != 0xAC1,
        192 => address >> 16 != 0xC0A8 && address >> 8 is not (0xC00000 or 0xC00002),
        198 => address >> 17 != 0xC612_0000 >> 17 && address >> 8 != 0xC63364,
        203 => address >> 8 != 0xCB0071,
        _ => true,
    };

    // Only 2000::/3 is public; 2001:db8::/32 and 3fff::/20 in it are for documentation.
    private static bool ContainsIPv6(ReadOnlySpan<byte> address)
    {
        var top = BinaryPrimitives.ReadUInt32BigEndian(address);
        return top >> 29 == 1 && top != 0x20010DB8 && top >> 12 != 0x3FFF0;
    }
}
