using System.Net;
using System.Text;
using System.Text.Json;
using CloudPump.Lookups.Geo;
using CloudPump.Lookups.Mmdb;

namespace CloudPump.Tests.Lookups;

public sealed class GeoDatabaseTests
{
    [Theory]
    [InlineData("8.8.8.8", "US")]
    [InlineData("::ffff:8.8.8.8", "US")]
    [InlineData("91.0.0.0", "DE")]
    [InlineData("91.63.255.255", "DE")]
    [InlineData("91.64.0.0", null)]
    [InlineData("2001:718:1:2:3:4:5:6", "CZ")]
    [InlineData("2003:0000:0000:0000:0000:0000:0000:0001", "DE")]
    [InlineData("10.1.2.3", null)]
    [InlineData("::1", null)]
    [InlineData("not an address", null)]
    [InlineData("a text that is by far too long to be any address of the internet", null)]
    [InlineData("", null)]
    public void The_built_in_table_knows_a_few_addresses(string address, string? country)
    {
        using var database = GeoDatabase.Open(null, null);
        Assert.True(database.IsBuiltIn);
        for (var again = 0; again < 2; again++)
        {
            var expected = country is null ? null : $$"""{"country_code":"{{country}}"}""";
            Assert.Equal(expected, Find(database, address));
        }
    }

    [Fact]
    public void The_built_in_ranges_are_apart_and_public()
    {
        foreach (var ranges in new[] { BuiltInCountries.IPv4Ranges, BuiltInCountries.IPv6Ranges })
        {
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First, $"{pair}"));
        }

        Assert.True(BuiltInCountries.IPv4Ranges.Select(range => range.CountryCode).Distinct(StringComparer.Ordinal).Count() > 40);
        Assert.All(BuiltInCountries.IPv4Ranges, range => Assert.True(PublicAddresses.Contains(Bytes((uint)range.First))));
    }

    [Fact]
    public void The_built_in_table_agrees_with_a_real_database()
    {
        using var real = GeoDatabase.Open(TestData.Require("mmdb/ip-location-db"), null);
        using var builtIn = GeoDatabase.Open(null, null);
        var random = new Random(1);
        foreach (var range in BuiltInCountries.IPv4Ranges)
        {
            for (var i = 0; i < 50; i++)
            {
                var address = new IPAddress(Bytes((uint)range.First + (uint)random.NextInt64((long)(range.Last - range.First) + 1))).ToString();
                Assert.Equal(Find(real, address), Find(builtIn, address));
            }
        }
    }

    [Fact]
    public void Gives_records_as_the_database_has_them()
    {
        using var database = GeoDatabase.Open(TestData.Require("mmdb/test-data/GeoLite2-City-Test.mmdb"), null);
        Assert.False(database.IsBuiltIn);
        using var record = JsonDocument.Parse(Find(database, "2.125.160.216")!);
        Assert.Equal("GB", record.RootElement.GetProperty("country").GetProperty("iso_code").GetString());
        Assert.NotNull(Find(database, "2001:218:0:0::1"));
        Assert.Equal(Find(database, "2001:218::1"), Find(database, "2001:0218:0000:0000:0000:0000:0000:0001"));
    }

    [Fact]
    public void A_small_cache_that_overflows_still_gives_right_answers()
    {
        var path = TestData.Require("mmdb/ip-location-db/geo-whois-asn-country-ipv4.mmdb");
        using var small = GeoDatabase.Open(path, null, cacheEntries: 37);
        using var reader = MmdbReader.Open(path);
        var random = new Random(2);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Bytes((uint)random.Next(0x01000000, 0x01000000 + 60_000) * 3);
            var expected = PublicAddresses.Contains(bytes) && reader.TryFind(bytes, out var record) ? MmdbSupport.JsonOf(reader, record) : null;
            Assert.Equal(expected, Find(small, new IPAddress(bytes).ToString()));
            found += expected is null ? 0 : 1;
        }

        Assert.True(found > 1_000);
    }

    [Fact]
    public void Chooses_the_newest_database_of_the_data_folder()
    {
        var source = TestData.Require("mmdb/test-data/GeoLite2-Country-Test.mmdb");
        var data = Directory.CreateTempSubdirectory("cloudpump-geo");
        var folder = data.CreateSubdirectory("geoip").FullName;
        var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var name in (string[])["old", "new-ipv4", "new-ipv6"])
        {
            var file = Path.Combine(folder, name + ".mmdb");
            File.Copy(source, file);
            File.SetLastWriteTimeUtc(file, day = day.AddDays(1));
        }

        using (var database = GeoDatabase.Open(null, data.FullName))
        {
            Assert.Equal(["new-ipv4.mmdb", "new-ipv6.mmdb"], database.Files.Select(Path.GetFileName));
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public void Says_when_the_given_database_does_not_exist()
    {
        Assert.Throws<MmdbException>(() => GeoDatabase.Open("/no/such.mmdb", null));
        var empty = Directory.CreateTempSubdirectory("cloudpump-geo");
        Assert.Throws<MmdbException>(() => GeoDatabase.Open(empty.FullName, null));
        Assert.True(GeoDatabase.Open(null, empty.FullName).IsBuiltIn);
        empty.Delete();
    }

    [Fact]
    public void Hits_and_misses_allocate_nothing()
    {
        using var database = GeoDatabase.Open(TestData.Require("mmdb/ip-location-db"), null, cacheEntries: 64);
        var addresses = Enumerable.Range(0, 500).Select(i => Encoding.UTF8.GetBytes($"91.{i % 250}.3.{i % 200}")).ToArray();
        LookAll(database, addresses);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LookAll(database, addresses);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Bytes(uint address) =>
        [(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address];

    private static string? Find(GeoDatabase database, string address) =>
        database.TryFindJson(Encoding.UTF8.GetBytes(address), out var json) ? Encoding.UTF8.GetString(json) : null;

    private static void LookAll(GeoDatabase database, byte[][] addresses)
    {
        foreach (var address in addresses)
        {
            database.TryFindJson(address, out _);
        }
    }
}
