using System.Net;
using System.Text;
using CloudPump.Events;
using CloudPump.Lookups;
using CloudPump.Lookups.Tables;

namespace CloudPump.Tests.Lookups;

public sealed class RangeIndexTests(ITestOutputHelper output)
{
    [Fact]
    public void Finds_the_narrowest_range_as_a_search_through_all_does()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var ranges = new List<(UInt128 From, UInt128 To, uint Address)>();
            for (var i = 1u; i <= random.Next(1, 40); i++)
            {
                var from = random.Next(200) - 100L;
                ranges.Add((RangeIndex.Point(from), RangeIndex.Point(from + random.Next(60)), i));
            }

            var index = new RangeIndex(ranges);
            for (var point = -110L; point < 180; point++)
            {
                var at = RangeIndex.Point(point);
                var holding = ranges.Where(r => r.From <= at && at <= r.To).ToList();
                var found = index.Find(at);
                Assert.True(
                    holding.Count == 0 ? found == 0 : ranges.Exists(r => r.Address == found && r.To - r.From == holding.Min(h => h.To - h.From) && r.From <= at && at <= r.To),
                    $"{point} in round {round} gives {found}.");
            }
        }
    }

    [Fact]
    public void The_longest_prefix_of_IPv4_and_IPv6_wins()
    {
        var random = new Random(4);
        var networks = Enumerable.Range(0, 3_000).Select(_ => Network(random)).Distinct().ToList();
        var lookup = Networks(networks.Select(n => n.ToString()));
        for (var i = 0; i < 20_000; i++)
        {
            // Most addresses lie in or beside a network.
            var near = networks[random.Next(networks.Count)].BaseAddress.GetAddressBytes();
            near[random.Next(near.Length)] ^= (byte)(random.Next(3) == 0 ? random.Next(256) : 0);
            var address = new IPAddress(near);
            var expected = networks.Where(n => n.Contains(address)).OrderByDescending(n => n.PrefixLength).Select(n => n.ToString()).FirstOrDefault();
            Assert.Equal(expected, Find(lookup, address.ToString()));
        }
    }

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0/8")]
    [InlineData("::ffff:10.1.2.3", "10.0.0.0/8")]
    [InlineData("10.255.0.1", "10.255.0.0/16")]
    [InlineData("192.168.1.1", "192.168.1.1")]
    [InlineData("192.168.1.2", "0.0.0.0/0")]
    [InlineData("2001:db8::1", "2001:db8::/32")]
    [InlineData("2001:db9::1", null)]
    [InlineData("no address", null)]
    [InlineData("", null)]
    public void Networks_are_found(string address, string? network) =>
        Assert.Equal(network, Find(Networks(["10.0.0.0/8", "10.255.0.0/16", "192.168.1.1", "0.0.0.0/0", "2001:db8::/32"]), address));

    [Fact]
    public void A_key_that_is_no_network_is_told() =>
        Assert.Contains("'10.0.0.0/33'", Assert.Throws<LookupException>(() => Networks(["10.0.0.0/33"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_million_networks_are_searched_in_little_time()
    {
        var random = new Random(1);
        var ranges = new List<(UInt128, UInt128, uint)>();
        for (var i = 1u; i <= 1_000_000; i++)
        {
            var from = RangeIndex.Point([(byte)random.Next(1, 224), (byte)random.Next(256), (byte)random.Next(256), 0]);
            ranges.Add((from, from + 255, i));
        }

        var index = new RangeIndex(ranges);
        var points = Enumerable.Range(0, 1 << 18).Select(_ => RangeIndex.Point(BitConverter.GetBytes(random.Next()))).ToArray();
        var (best, found) = (double.MaxValue, 0);
        for (var round = 0; round < 5; round++)
        {
            var started = TimeProvider.System.GetTimestamp();
            foreach (var point in points)
            {
                found += index.Find(point) != 0 ? 1 : 0;
            }

            best = Math.Min(best, TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / points.Length);
        }

        output.WriteLine($"{best:F0} ns a probe, {index.Bytes / 1e6:F1} MB, {found} found.");

        // Far above what it takes by itself, because other tests run beside this one; the figure is what is printed.
        Assert.True(best < 2_000, $"{best} ns.");
    }

    private static IPNetwork Network(Random random)
    {
        var bytes = new byte[random.Next(3) == 0 ? 16 : 4];
        random.NextBytes(bytes);
        bytes[0] = bytes.Length == 4 ? (byte)random.Next(1, 30) : (byte)0x20;
        var prefix = random.Next(bytes.Length * 2, (bytes.Length * 8) + 1);
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static Lookup Networks(IEnumerable<string> networks)
    {
        var definition = new TableLookup();
        definition.Options.Key = ["network"];
        definition.Options.Match = LookupMatch.Cidr;
        var lookup = new Lookup("networks", definition);
        var table = new LookupTable();
        foreach (var network in networks)
        {
            table.Set(Encoding.UTF8.GetBytes(network), FieldKind.String, Encoding.UTF8.GetBytes(network), 0);
        }

        lookup.Use(table);
        return lookup;
    }

    private static string? Find(Lookup lookup, string key) => lookup.TryFind(Encoding.UTF8.GetBytes(key), 0, out var entry) ? Encoding.UTF8.GetString(entry.Value) : null;
}
