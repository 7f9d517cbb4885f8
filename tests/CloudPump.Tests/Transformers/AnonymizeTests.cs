using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class AnonymizeTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    [InlineData("2001:DB8::1", "2001:db8::")]
    [InlineData("::1", "::")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.0")]
    [InlineData("fe80::1", "fe80::")]
    public void Truncate_keeps_the_network(string address, string network) => Assert.Equal($$"""{"a":"{{network}}"}""", Truncate($"\"{address}\""));

    [Theory]
    [InlineData("\"web-1\"")]
    [InlineData("\"\"")]
    [InlineData("\"256.1.1.1\"")]
    [InlineData("\"1.2.3\"")]
    [InlineData("\"1.2.3.4.5\"")]
    [InlineData("\"1.2.3.4 \"")]
    [InlineData("\"010.1.2.3\"")]
    [InlineData("\"0x7f.0.0.1\"")]
    [InlineData("\"12345\"")]
    [InlineData("\"[::1]:80\"")]
    [InlineData("\"1::2::3\"")]
    [InlineData("12345")]
    [InlineData("1.5")]
    [InlineData("{\"b\":1}")]
    public void Truncate_removes_what_is_no_address(string value) => Assert.Equal("{}", Truncate(value));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":null}""")]
    [InlineData("""{"b":"203.0.113.7"}""")]
    public void A_field_that_is_not_there_or_null_stays_so(string json) =>
        Assert.Equal(json, Bench.Apply(new Anonymize { Fields = { { "a", new AnonymizeMethod { Truncate = new() } } } }, json));

    [Fact]
    public void Hash_is_the_keyed_hash_of_the_text()
    {
        foreach (var text in new[] { "bob", "", "é😀", new string('x', 1_000) })
        {
            var expected = System.Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), Encoding.UTF8.GetBytes(text)))[..32];
            Assert.Equal(new JsonObject { ["a"] = expected }.ToJsonString(), Hash("key", new JsonObject { ["a"] = text }.ToJsonString()));
        }

        Assert.NotEqual(Hash("key", """{"a":"bob"}"""), Hash("other", """{"a":"bob"}"""));
    }

    [Fact]
    public void Hash_of_a_remembered_value_is_the_same_and_other_values_differ()
    {
        var bench = new Bench().Add(Enumerable.Range(0, 40_000).Select(i => $$"""{"a":"u{{i % 20_000}}"}"""));
        var events = bench.Run(new CloudPump.Parsers.Json(), Hashing("k")).Events;
        Assert.Equal(events[..20_000], events[20_000..]);
        Assert.Equal(20_000, events.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("[1]", "[1]")]
    public void Hash_takes_other_values_as_their_JSON(string json, string text)
    {
        var expected = System.Convert.ToHexStringLower(HMACSHA256.HashData("k"u8.ToArray(), Encoding.UTF8.GetBytes(text)))[..32];
        Assert.Equal($$"""{"a":"{{expected}}"}""", Hash("k", $$"""{"a":{{json}}}"""));
    }

    [Theory]
    [InlineData("4111-1111 é1!", 0, 0, "****-**** **!")]
    [InlineData("4111-1111", 0, 4, "****-1111")]
    [InlineData("4111-1111", 2, 1, "41**-***1")]
    [InlineData("1234", 0, 4, "****")]
    [InlineData("1234", 2, 3, "****")]
    [InlineData("1234", int.MaxValue, int.MaxValue, "****")]
    [InlineData("𝒳𝒴", 2, 1, "**")]
    [InlineData("𝒳𝒴𝒵", 1, 1, "𝒳*𝒵")]
    [InlineData("", 1, 1, "")]
    public void Mask_shows_only_the_ends(string text, int first, int last, string masked) => Assert.Equal(
        masked,
        (string?)JsonNode.Parse(Bench.Apply(
            new Anonymize { Fields = { { "a", new AnonymizeMethod { Mask = new() { KeepFirst = first, KeepLast = last } } } } },
            new JsonObject { ["a"] = text }.ToJsonString())!)!["a"]);

    [Fact]
    public void Nested_fields_are_anonymized_in_their_place() => Assert.Equal(
        """{"u":{"ip":"10.0.0.0","name":"***","id":1},"x":2}""",
        Bench.Apply(
            new Anonymize
            {
                Fields =
                {
                    { "u.ip", new AnonymizeMethod { Truncate = new() } },
                    { "u.name", new AnonymizeMethod { Mask = new() } },
                    { "u.mail", new AnonymizeMethod { Drop = new() } },
                    { "u.none", new AnonymizeMethod { Drop = new() } },
                },
            },
            """{"u":{"ip":"10.0.0.9","name":"Bob","mail":"b@x","id":1},"x":2}"""));

    [Fact]
    public void Every_repeated_member_is_anonymized() => Assert.DoesNotContain(
        "secret",
        Bench.Apply(new Anonymize { Fields = { { "u.a", new AnonymizeMethod { Mask = new() } } } }, """{"u":{"a":"secret1","\u0061":"secret2"}}"""),
        StringComparison.Ordinal);

    private static string? Truncate(string value) =>
        Bench.Apply(new Anonymize { Fields = { { "a", new AnonymizeMethod { Truncate = new() } } } }, $$"""{"a":{{value}}}""");

    private static string? Hash(string key, string json) => Bench.Apply(Hashing(key), json);

    private static Anonymize Hashing(string key) => new() { Fields = { { "a", new AnonymizeMethod { Hash = new() { Key = key } } } } };
}
