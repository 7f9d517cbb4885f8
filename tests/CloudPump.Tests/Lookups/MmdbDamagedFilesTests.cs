using CloudPump.Lookups.Mmdb;

namespace CloudPump.Tests.Lookups;

public sealed class MmdbDamagedFilesTests
{
    [Theory]
    [InlineData("bad-data/libmaxminddb/libmaxminddb-corrupt-search-tree.mmdb")]
    [InlineData("bad-data/libmaxminddb/libmaxminddb-deep-nesting.mmdb")]
    [InlineData("bad-data/libmaxminddb/libmaxminddb-oversized-map.mmdb")]
    [InlineData("bad-data/maxminddb-golang/cyclic-data-structure.mmdb")]
    [InlineData("bad-data/maxminddb-golang/invalid-string-length.mmdb")]
    [InlineData("bad-data/maxminddb-python/bad-unicode-in-map-key.mmdb")]
    [InlineData("test-data/GeoIP2-City-Test-Invalid-Node-Count.mmdb")]
    [InlineData("test-data/MaxMind-DB-test-broken-pointers-24.mmdb")]
    public void A_damaged_file_gives_an_error_that_names_it(string name)
    {
        var path = TestData.Require($"mmdb/{name}");
        var error = Assert.Throws<MmdbException>(() => OpenAndReadAll(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GeoLite2-Country-Test.mmdb", 400)]
    [InlineData("MaxMind-DB-test-decoder.mmdb", 1_500)]
    [InlineData("MaxMind-DB-test-ipv4-28.mmdb", 1_500)]
    [InlineData("MaxMind-DB-test-nested.mmdb", 1_000)]
    public void Random_damage_gives_an_answer_or_an_error(string name, int rounds)
    {
        var original = File.ReadAllBytes(TestData.Require($"mmdb/test-data/{name}"));
        var random = new Random(20_260_101);
        var errors = 0;
        for (var round = 0; round < rounds; round++)
        {
            var damaged = (byte[])original.Clone();
            for (var flip = random.Next(1, 12); flip > 0; flip--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            errors += ReadDamaged(damaged) ? 0 : 1;
        }

        Assert.InRange(errors, 1, rounds);
    }

    [Theory]
    [InlineData("GeoLite2-Country-Test.mmdb")]
    [InlineData("MaxMind-DB-test-decoder.mmdb")]
    public void A_file_cut_short_gives_an_answer_or_an_error(string name)
    {
        var original = File.ReadAllBytes(TestData.Require($"mmdb/test-data/{name}"));
        for (var length = 0; length < original.Length; length += 1 + length / 40)
        {
            ReadDamaged(original[..length]);
            ReadDamaged(original[length..]);
        }
    }

    [Theory]
    [InlineData("no-such-file.mmdb")]
    [InlineData("")]
    public void A_missing_file_gives_an_error(string path) => Assert.Throws<MmdbException>(() => MmdbReader.Open(path));

    [Fact]
    public void A_closed_reader_says_so()
    {
        var reader = MmdbReader.Open(TestData.Require("mmdb/test-data/MaxMind-DB-test-ipv4-24.mmdb"));
        reader.Dispose();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => MmdbSupport.TryFind(reader, "1.1.1.1", out _));
    }

    private static bool ReadDamaged(byte[] content)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            OpenAndReadAll(path);
            return true;
        }
        catch (MmdbException)
        {
            return false;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void OpenAndReadAll(string path)
    {
        using var reader = MmdbReader.Open(path);
        MmdbSupport.ReadAll(reader, limit: 3_000);
    }
}
