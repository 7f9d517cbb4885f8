using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CloudPump.Lookups.Geo;

/// <summary>
/// An address as the key of a cache. Texts of up to 16 bytes (all of IPv4) are the key as they are, which spares parsing them;
/// longer ones are IPv6 and become their 16 bytes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressKey(ulong Low, ulong High, int Kind)
{
    private const int BinaryIPv4 = 254;
    private const int BinaryIPv6 = 255;

    /// <summary>The key of an address of 4 or 16 bytes.</summary>
    public static AddressKey OfBytes(ReadOnlySpan<byte> address) => address.Length == 4
        ? new(BinaryPrimitives.ReadUInt32LittleEndian(address), 0, BinaryIPv4)
        : new(BinaryPrimitives.ReadUInt64LittleEndian(address), BinaryPrimitives.ReadUInt64LittleEndian(address[8..]), BinaryIPv6);

    /// <summary>The key of a text of at most 16 bytes. Two overlapping reads and the length identify it.</summary>
    public static AddressKey OfText(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 8)
        {
            return new AddressKey(
                BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]), text.Length);
        }

        ulong bytes = 0;
        foreach (var character in text)
        {
            bytes = (bytes << 8) | character;
        }

        return new AddressKey(bytes, 0, text.Length);
    }

    /// <summary>A hash of good quality for two multiplications.</summary>
    public uint Hash()
    {
        var high = Math.BigMul(Low ^ 0xA0761D6478BD642F, High ^ 0xE7037ED1A0B428DB, out var low);
        return (uint)((high ^ low ^ (ulong)Kind) * 0x9E3779B97F4A7C15 >> 32);
    }
}
