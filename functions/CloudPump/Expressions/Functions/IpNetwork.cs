using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using CloudPump.Lookups.Geo;

namespace CloudPump.Expressions;

/// <summary>A network of IP addresses, such as 10.0.0.0/8 or 2001:db8::/32; an address alone is a network of one.</summary>
internal readonly record struct IpNetwork
{
    private const int BitsOfIPv4 = 32;
    private readonly UInt128 _prefix;
    private readonly UInt128 _mask;
    private readonly int _length;

    private IpNetwork(UInt128 prefix, UInt128 mask, int length)
    {
        _prefix = prefix;
        _mask = mask;
        _length = length;
    }

    /// <summary>Reads an address: its bits, and 4 or 16 for the bytes that it has. ::ffff:1.2.3.4 is 1.2.3.4.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> text, out UInt128 bits, out int length)
    {
        Span<byte> address = stackalloc byte[16];
        bits = 0;
        if (!AddressParser.TryParse(text, address, out length))
        {
            return false;
        }

        bits = length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(address) : BinaryPrimitives.ReadUInt128BigEndian(address);
        return true;
    }

    /// <summary>Reads a network; false when the text is none, or has bits beyond its length (10.0.0.1/8).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpNetwork network)
    {
        network = default;
        var slash = text.IndexOf((byte)'/');
        var address = slash < 0 ? text : text[..slash];
        if (!TryReadAddress(address, out var bits, out var length))
        {
            return false;
        }

        var most = length * 8;
        var count = most;
        if (slash >= 0 && !TryCount(text[(slash + 1)..], length == 4 && address.Contains((byte)':'), most, out count))
        {
            return false;
        }

        var all = length == 4 ? uint.MaxValue : UInt128.MaxValue;
        var mask = count == 0 ? 0 : (all << (most - count)) & all;
        network = new IpNetwork(bits & mask, mask, length);
        return (bits & ~mask) == 0;
    }

    /// <summary>The network that is meant by one with bits beyond its length: 10.0.0.0/8 for 10.0.0.1/8; null for other texts.</summary>
    public static string? Suggestion(ReadOnlySpan<byte> text)
    {
        var parsed = TryParse(text, out var network);
        if (parsed || network._length == 0)
        {
            return null;
        }

        Span<byte> address = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(address, network._prefix);
        return $"{new IPAddress(address[(16 - network._length)..])}/{UInt128.PopCount(network._mask)}";
    }

    /// <summary>Whether an address lies in the network.</summary>
    public bool Contains(UInt128 bits, int length) => length == _length && (bits & _mask) == _prefix;

    private static bool TryCount(ReadOnlySpan<byte> text, bool isMapped, int most, out int count)
    {
        var isNumber = Utf8Parser.TryParse(text, out count, out var used) && used == text.Length && text.Length <= 3 && text[0] is >= (byte)'0' and <= (byte)'9';

        // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
        count -= isMapped ? 128 - BitsOfIPv4 : 0;
        return isNumber && count >= 0 && count <= most;
    }
}
