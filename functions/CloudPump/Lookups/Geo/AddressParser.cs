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
        if (!TryParseIPv6(text, address))
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
    private static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> address)
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

    private static bool TryParseIPv6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int written = 0, gap = -1;
        address[..16].Clear();
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (!TryParseGroup(ref text, address, ref written))
            {
                return false;
            }

            if (text.StartsWith("::"u8) && gap < 0)
            {
                gap = written;
                text = text[2..];
            }
            else if (text.Length > 1 && text[0] == ':' && text[1] != ':')
            {
                text = text[1..];
            }
            else if (!text.IsEmpty)
            {
                return false;
            }
        }

        return gap < 0 ? written == 16 : written < 16 && CloseGap(address, gap, written);
    }

    private static bool TryParseGroup(ref ReadOnlySpan<byte> text, Span<byte> address, ref int written)
    {
        var length = text.IndexOf((byte)':');
        var group = length < 0 ? text : text[..length];
        text = text[group.Length..];
        if (group.IndexOf((byte)'.') >= 0)
        {
            var fits = written <= 12 && text.IsEmpty && TryParseIPv4(group, address[written..]);
            written += 4;
            return fits;
        }

        if (group.Length is 0 or > 4 || written > 14 || !TryParseHex(group, out var value))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(address[written..], value);
        written += 2;
        return true;
    }

    private static bool TryParseHex(ReadOnlySpan<byte> digits, out ushort value)
    {
        value = 0;
        foreach (var character in digits)
        {
            if (!char.IsAsciiHexDigit((char)character))
            {
                return false;
            }

            value = (ushort)((value << 4) | (character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10));
        }

        return true;
    }

    private static bool CloseGap(Span<byte> address, int gap, int written)
    {
        var tail = written - gap;
        address.Slice(gap, tail).CopyTo(address[(16 - tail)..16]);
        address[gap..(16 - tail)].Clear();
        return true;
    }
}
