using System.Net;
using System.Net.Sockets;
using CloudPump.Events;

namespace CloudPump.Transformers;

/// <summary>Keeps the network of an address: a /24 of IPv4, a /48 of IPv6 (an IPv4 address inside IPv6 counts as IPv4).</summary>
public sealed class TruncateAddress : IAnonymizeOptions, IAnonymizer
{
    IAnonymizer IAnonymizeOptions.Build() => this;

    bool IAnonymizer.TryReplace(ReadOnlySpan<byte> text, ByteBuffer result)
    {
        if (TryPrefixOfIPv4(text, out var prefix))
        {
            result.Write(text[..prefix]);
            result.WriteByte((byte)'0');
            return true;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        address.TryWriteBytes(bytes, out var length);
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        bytes[kept..length].Clear();
        new IPAddress(bytes[..length]).TryFormat(result.GetSpan(64), out var written);
        result.Advance(written);
        return true;
    }

    // Four numbers of 0 to 255 without leading zeros; the length of the first three with their dots.
    private static bool TryPrefixOfIPv4(ReadOnlySpan<byte> text, out int prefix)
    {
        prefix = 0;
        var (dots, value, digits) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && digits > 0)
            {
                (dots, value, digits, prefix) = (dots + 1, 0, 0, i + 1);
                continue;
            }

            var digit = (uint)(text[i] - '0');
            if (digit > 9 || (digits > 0 && value == 0))
            {
                return false;
            }

            value = (value * 10) + (int)digit;
            digits++;
            if (value > 255)
            {
                return false;
            }
        }

        return dots == 3 && digits > 0;
    }
}
