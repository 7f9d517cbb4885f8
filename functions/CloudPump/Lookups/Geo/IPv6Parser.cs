using System.Buffers.Binary;

namespace CloudPump.Lookups.Geo;

/// <summary>Parses the text of an IPv6 address: groups of hexadecimal digits, one gap, perhaps an IPv4 address at the end.</summary>
internal static class IPv6Parser
{
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address)
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
            var fits = written <= 12 && text.IsEmpty && AddressParser.TryParseIPv4(group, address[written..]);
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
