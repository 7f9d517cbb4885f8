using System.Buffers;
using System.Buffers.Text;
using CloudPump.Events;
using CloudPump.Lookups.Geo;

namespace CloudPump.Transformers;

/// <summary>Keeps the network of an address: a /24 of IPv4, a /48 of IPv6 (an IPv4 address inside IPv6 counts as IPv4).</summary>
public sealed class TruncateAddress : IAnonymizeOptions, IAnonymizer
{
    IAnonymizer IAnonymizeOptions.Build() => this;

    bool IAnonymizer.TryReplace(ReadOnlySpan<byte> text, ByteBuffer result)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!AddressParser.TryParse(text, bytes, out var length))
        {
            return false;
        }

        if (length == 4 && text.IndexOf((byte)':') < 0)
        {
            result.Write(text[..(text.LastIndexOf((byte)'.') + 1)]);
            result.WriteByte((byte)'0');
            return true;
        }

        if (length == 4)
        {
            WriteIPv4(bytes, result);
        }
        else
        {
            WriteIPv6(bytes, result);
        }

        return true;
    }

    private static void WriteIPv4(ReadOnlySpan<byte> bytes, ByteBuffer result)
    {
        for (var i = 0; i < 3; i++)
        {
            EventJsonWriter.WriteInt64(result, bytes[i]);
            result.WriteByte((byte)'.');
        }

        result.WriteByte((byte)'0');
    }

    // The three groups that stay, then :: for the rest (RFC 5952); trailing zero groups belong to the rest.
    private static void WriteIPv6(ReadOnlySpan<byte> bytes, ByteBuffer result)
    {
        var groups = 3;
        while (groups > 0 && bytes[(groups * 2) - 2] == 0 && bytes[(groups * 2) - 1] == 0)
        {
            groups--;
        }

        for (var i = 0; i < groups; i++)
        {
            Utf8Formatter.TryFormat((ushort)((bytes[i * 2] << 8) | bytes[(i * 2) + 1]), result.GetSpan(4), out var written, new StandardFormat('x'));
            result.Advance(written);
            result.WriteByte((byte)':');
        }

        result.Write(groups == 0 ? "::"u8 : ":"u8);
    }
}
