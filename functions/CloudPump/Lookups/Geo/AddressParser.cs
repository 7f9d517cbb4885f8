using System.Buffers.Binary;

namespace CloudPump.Lookups.Geo;

/// <summary>Parses the text of an IP address; IPAddress would be an object per address.</summary>
internal static class AddressParser
{
    private const int LongestText = 45;

    /// <summary>Parses into <paramref name="address"/> (16 bytes of room); the length becomes 4 or 16. ::ffff:1.2.3.4 is 1.2.3.4.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address, out int length)
    {
        length = 4;
        if (text.Length is < 2 or > LongestText)
        {
            return false;
        }

        if (text.IndexOf((byte)':') < 0)
        {
            return TryParseIPv4(text, address);
        }

        length = 16;
        if (!IPv6Parser.TryParse(text, address))
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt64BigEndian(address) == 0 && BinaryPrimitives.ReadUInt32BigEndian(address[8..]) == 0xFFFF)
        {
            address[12..16].CopyTo(address);
            length = 4;
        }

        return true;
    }

    // Four decimal numbers without leading zeros: with them, some programs read octal, and the address would be ambiguous.
    internal static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int part = 0, value = -1;
        foreach (var character in text)
        {
            var digit = character - '0';
            if ((uint)digit <= 9)
            {
                value = value switch { < 0 => digit, 0 => 256, _ => value * 10 + digit };
                if (value > 255)
                {
                    return false;
                }
            }
            else if (character == '.' && value >= 0 && part < 3)
            {
                address[part++] = (byte)value;
                value = -1;
            }
            else
            {
                return false;
            }
        }

        address[3] = (byte)value;
        return part == 3 && value >= 0;
    }
}
