using System.Text;
using System.Text.Json;
using CloudPump.Lookups.Mmdb;

namespace CloudPump.Tests.Lookups;

public sealed class MmdbReaderTests
{
    [Theory]
    [InlineData("test-data/MaxMind-DB-test-decoder")]
    [InlineData("test-data/MaxMind-DB-test-ipv4-24")]
    [InlineData("test-data/MaxMind-DB-test-ipv4-28")]
    [InlineData("test-data/MaxMind-DB-test-ipv4-32")]
    [InlineData("test-data/MaxMind-DB-test-ipv6-24")]
    [InlineData("test-data/MaxMind-DB-test-ipv6-28")]
    [InlineData("test-data/MaxMind-DB-test-ipv6-32")]
    [InlineData("ip-location-db/geo-whois-asn-country-ipv4", "ip-location-db/EXPECTED-ipv4.ndjson")]
    public void Answers_like_another_reader(string name, string? expectedFile = null)
    {
        using var reader = MmdbReader.Open(TestData.Require($"mmdb/{name}.mmdb"));
        expectedFile ??= name.Replace("test-data/", "test-data/EXPECTED-") + ".ndjson";
        foreach (var line in File.ReadLines(TestData.Require($"mmdb/{expectedFile}")))
        {
            using var document = JsonDocument.Parse(line);
            var expected = document.RootElement;
            var found = MmdbSupport.TryFind(reader, expected.GetProperty("ip").GetString()!, out var record);
            Assert.True(expected.GetProperty("prefix_length").GetInt32() == record.PrefixLength, $"{line}: prefix {record.PrefixLength}");
            var data = expected.GetProperty("data");
            Assert.Equal(data.ValueKind != JsonValueKind.Null, found);
            if (found)
            {
                using var actual = JsonDocument.Parse(MmdbSupport.JsonOf(reader, record));
                MmdbSupport.AssertSame(data, actual.RootElement, line);
            }
        }
    }

    [Theory]
    [InlineData("GeoIP2-City-Test")]
    [InlineData("GeoLite2-ASN-Test")]
    [InlineData("GeoLite2-City-Test")]
    [InlineData("GeoLite2-Country-Test")]
    public void Gives_the_records_the_database_was_built_from(string name)
    {
        using var reader = MmdbReader.Open(TestData.Require($"mmdb/test-data/{name}.mmdb"));
        using var source = JsonDocument.Parse(File.ReadAllBytes(TestData.Require($"mmdb/source-data/{name}.json")));
        var networks = source.RootElement.EnumerateArray().SelectMany(entry => entry.EnumerateObject()).ToList();
        Assert.True(networks.Count > 100);
        foreach (var network in networks)
        {
            var (address, _) = MmdbSupport.Network(network.Name);
            Assert.True(reader.TryFind(address, out var record), network.Name);
            using var actual = JsonDocument.Parse(MmdbSupport.JsonOf(reader, record));
            MmdbSupport.AssertSame(network.Value, actual.RootElement, network.Name);
        }
    }

    [Fact]
    public void Tells_what_the_file_says_about_itself()
    {
        using var reader = MmdbReader.Open(TestData.Require("mmdb/test-data/GeoLite2-City-Test.mmdb"));
        Assert.Equal("GeoLite2-City", reader.Metadata.DatabaseType);
        Assert.Equal(6, reader.Metadata.IPVersion);
        Assert.Contains("en", reader.Metadata.Languages);
        Assert.NotNull(reader.Metadata.BuildTime);
    }

    [Theory]
    [InlineData("country.iso_code", "GB")]
    [InlineData("subdivisions.0.iso_code", "ENG")]
    [InlineData("city.names.en", "Boxford")]
    [InlineData("country", null)]
    [InlineData("country.iso_code.more", null)]
    [InlineData("subdivisions.9.iso_code", null)]
    [InlineData("nothing.here", null)]
    public void Gets_one_text_by_its_path(string path, string? expected)
    {
        using var reader = MmdbReader.Open(TestData.Require("mmdb/test-data/GeoLite2-City-Test.mmdb"));
        Assert.True(MmdbSupport.TryFind(reader, "2.125.160.216", out var record));
        Assert.Equal(expected is not null, reader.TryGetString(record, Encoding.UTF8.GetBytes(path), out var text));
        Assert.Equal(expected ?? "", Encoding.UTF8.GetString(text));
    }

    [Fact]
    public void Finds_no_ipv6_address_in_a_tree_of_ipv4_addresses()
    {
        using var reader = MmdbReader.Open(TestData.Require("mmdb/test-data/MaxMind-DB-test-ipv4-24.mmdb"));
        Assert.False(MmdbSupport.TryFind(reader, "::1.1.1.1", out _));
    }

    [Theory]
    [InlineData("MaxMind-DB-no-ipv4-search-tree")]
    [InlineData("MaxMind-DB-string-value-entries")]
    [InlineData("MaxMind-DB-test-nested")]
    public void Reads_unusual_databases(string name)
    {
        using var reader = MmdbReader.Open(TestData.Require($"mmdb/test-data/{name}.mmdb"));
        Assert.InRange(MmdbSupport.ReadAll(reader), 1, 20_000);
        MmdbSupport.TryFind(reader, "1.1.1.1", out _);
    }

    [Fact]
    public void Lookups_allocate_nothing()
    {
        using var reader = MmdbReader.Open(TestData.Require("mmdb/ip-location-db/geo-whois-asn-country-ipv4.mmdb"));
        byte[] address = [8, 8, 8, 8];
        var found = 0;
        Look(reader, address, ref found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Look(reader, address, ref found);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1_001, found);
    }

    private static void Look(MmdbReader reader, byte[] address, ref int found)
    {
        if (reader.TryFind(address, out var record) && reader.TryGetString(record, "country_code"u8, out _))
        {
            found++;
        }
    }
}
