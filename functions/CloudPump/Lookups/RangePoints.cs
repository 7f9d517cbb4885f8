using System.Buffers.Text;
using CloudPump.Events;
using CloudPump.Lookups.Geo;
using CloudPump.Lookups.Tables;

namespace CloudPump.Lookups;

/// <summary>Networks, numbers, times and addresses as points of a line, for <see cref="RangeIndex"/>.</summary>
internal static class RangePoints
{
    /// <summary>A number, time (RFC 3339) or address; of a given type only that.</summary>
    public static bool TryPoint(ReadOnlySpan<byte> text, FieldType type, out UInt128 point)
    {
        if (type == FieldType.Double)
        {
            return TryDouble(text, out point);
        }

        if (type is FieldType.Int or FieldType.Text && Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length)
        {
            point = RangeIndex.Point(number);
            return true;
        }

        if (type is FieldType.Timestamp or FieldType.Text && TimestampText.TryParse(text, out var ticks, out var nanos))
        {
            point = RangeIndex.Point(ticks) | (uint)nanos;
            return true;
        }

        return TryAddress(text, out point) && type == FieldType.Text;
    }

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> text, out UInt128 point)
    {
        Span<byte> address = stackalloc byte[16];
        var isAddress = AddressParser.TryParse(text, address, out var length);
        point = isAddress ? RangeIndex.Point(address[..length]) : 0;
        return isAddress;
    }

    /// <summary>The first and last address of a network such as 10.0.0.0/8; an address alone is a network of one.</summary>
    public static bool TryNetwork(ReadOnlySpan<byte> text, out UInt128 from, out UInt128 to)
    {
        var slash = text.IndexOf((byte)'/');
        from = to = 0;
        Span<byte> address = stackalloc byte[16];
        if (!AddressParser.TryParse(slash < 0 ? text : text[..slash], address, out var length))
        {
            return false;
        }

        var bits = length * 8;
        var prefix = bits;
        if (slash >= 0 && (!Utf8Parser.TryParse(text[(slash + 1)..], out prefix, out var used) || used != text.Length - slash - 1 || prefix < 0))
        {
            return false;
        }

        // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
        prefix -= length == 4 && text.IndexOf((byte)':') >= 0 && slash >= 0 ? 96 : 0;
        if (prefix < 0 || prefix > bits)
        {
            return false;
        }

        var hosts = prefix == 0 && bits == 128 ? UInt128.MaxValue : (UInt128.One << (bits - prefix)) - 1;
        from = RangeIndex.Point(address[..length]) & ~hosts;
        to = from | hosts;
        return true;
    }

    // The bits of doubles are in order for positive ones, and the other way round for negative ones.
    private static bool TryDouble(ReadOnlySpan<byte> text, out UInt128 point)
    {
        var ok = Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && !double.IsNaN(value);
        var bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        point = RangeIndex.Point(bits < 0 ? long.MinValue - bits : bits);
        return ok;
    }
}
