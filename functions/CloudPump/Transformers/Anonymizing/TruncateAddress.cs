using System.Buffers;
using System.Buffers.Text;
using CloudPump.Events;
using CloudPump.Lookups.Geo;
using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Keeps the network of an address, by default a /24 of IPv4 and a /48 of IPv6 (an IPv4 address inside IPv6 counts as IPv4).</summary>
public sealed class TruncateAddress : IAnonymizeOptions
{
    /// <summary>Bits of IPv4.</summary>
    [Option("How many bits of an IPv4 address stay.")]
    public int Ipv4 { get; set; } = 24;

    /// <summary>Bits of IPv6.</summary>
    [Option("How many bits of an IPv6 address stay.")]
    public int Ipv6 { get; set; } = 48;

    IAnonymizer IAnonymizeOptions.Build(BuildContext context) => new Truncator(Math.Clamp(Ipv4, 0, 32), Math.Clamp(Ipv6, 0, 128));

    private sealed class Truncator(int ipv4, int ipv6) : IAnonymizer
    {
        public bool TryReplace(ReadOnlySpan<byte> text, long received, ByteBuffer result)
        {
            Span<byte> bytes = stackalloc byte[16];
            if (!AddressParser.TryParse(text, bytes, out var length))
            {
                return false;
            }

            if (length == 4 && ipv4 == 24 && text.IndexOf((byte)':') < 0)
            {
                result.Write(text[..(text.LastIndexOf((byte)'.') + 1)]);
                result.WriteByte((byte)'0');
                return true;
            }

            var kept = length == 4 ? ipv4 : ipv6;
            for (var i = 0; i < length; i++)
            {
                bytes[i] &= (byte)(0xFF00 >> Math.Clamp(kept - (i * 8), 0, 8));
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
            for (var i = 0; i < 4; i++)
            {
                result.Write(i > 0 ? "."u8 : default);
                EventJsonWriter.WriteInt64(result, bytes[i]);
            }
        }

        // The groups that stay, then :: for the zeros at the end (RFC 5952).
        private static void WriteIPv6(ReadOnlySpan<byte> bytes, ByteBuffer result)
        {
            var groups = 8;
            while (groups > 0 && bytes[(groups * 2) - 2] == 0 && bytes[(groups * 2) - 1] == 0)
            {
                groups--;
            }

            groups = groups == 7 ? 8 : groups;
            for (var i = 0; i < groups; i++)
            {
                result.Write(i > 0 ? ":"u8 : default);
                Utf8Formatter.TryFormat((ushort)((bytes[i * 2] << 8) | bytes[(i * 2) + 1]), result.GetSpan(4), out var written, new StandardFormat('x'));
                result.Advance(written);
            }

            result.Write(groups < 8 ? "::"u8 : default);
        }
    }
}
