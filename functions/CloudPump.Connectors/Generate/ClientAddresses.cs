using System.Net;
using System.Text;
using CloudPump.Lookups.Geo;

namespace CloudPump.Connectors.Generate;

/// <summary>
/// The addresses of the people in the sample data. They lie in the ranges of <see cref="BuiltInCountries"/>, so that country
/// lookups find every one of them even without a database.
/// </summary>
internal sealed class ClientAddresses
{
    private const int Count = 2_000;
    private const int OneInIPv6 = 25;
    private readonly byte[][] _texts;
    private readonly WeightedChoice _choice = WeightedChoice.Zipf(Count, quarters: 2);

    public ClientAddresses(long seed)
    {
        var random = new SampleRandom(seed);
        _texts = new byte[Count][];
        for (var i = 0; i < Count; i++)
        {
            _texts[i] = Encoding.UTF8.GetBytes((i % OneInIPv6 == OneInIPv6 - 1 ? IPv6(ref random) : IPv4(ref random)).ToString());
        }
    }

    /// <summary>Chooses a client; some visit much more often than others.</summary>
    public int Pick(ref SampleRandom random) => _choice.Pick(ref random);

    /// <summary>The address of a client as text.</summary>
    public ReadOnlySpan<byte> this[int client] => _texts[client];

    private static IPAddress IPv4(ref SampleRandom random)
    {
        var ranges = BuiltInCountries.IPv4Ranges;
        var range = ranges[random.Below(ranges.Count)];
        var address = (uint)(range.First + random.Next() % ((ulong)(range.Last - range.First) + 1));
        return new IPAddress([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]);
    }

    private static IPAddress IPv6(ref SampleRandom random)
    {
        var ranges = BuiltInCountries.IPv6Ranges;
        var address = ranges[random.Below(ranges.Count)].First + (random.Next() & 0xFFFF_0000_FFFF);
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(bytes);
    }
}
