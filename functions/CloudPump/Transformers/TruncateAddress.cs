using System.Net;
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

        bytes[(length == 4 ? 3 : 6)..length].Clear();
        new IPAddress(bytes[..length]).TryFormat(result.GetSpan(64), out var written);
        result.Advance(written);
        return true;
    }
}
