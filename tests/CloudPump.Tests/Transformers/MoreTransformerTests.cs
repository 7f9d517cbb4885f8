using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Transformers;

namespace CloudPump.Tests.Transformers;

public sealed class MoreTransformerTests
{
    private const string Event = """{"a":1,"b":{"x":2,"y":{"z":3}},"c":"t","n":null}""";

    [Theory]
    [InlineData("a", """{"a":1}""")]
    [InlineData("c,a", """{"a":1,"c":"t"}""")]
    [InlineData("b.y.z,none,b.none", """{"b":{"y":{"z":3}}}""")]
    [InlineData("b.x,b.y,a", """{"a":1,"b":{"x":2,"y":{"z":3}}}""")]
    [InlineData("b,b.x", """{"b":{"x":2,"y":{"z":3}}}""")]
    public void Keep_removes_all_others(string fields, string expected) => Assert.Equal(expected, Bench.Apply(new Keep { Fields = [.. fields.Split(',')] }, Event));

    [Theory]
    [InlineData("\" 007 \"", FieldType.Int, "7")]
    [InlineData("7.0", FieldType.Int, "7")]
    [InlineData("true", FieldType.Int, "1")]
    [InlineData("\"1.5e3\"", FieldType.Double, "1500.0")]
    [InlineData("3", FieldType.Double, "3.0")]
    [InlineData("\"Yes\"", FieldType.Bool, "true")]
    [InlineData("0", FieldType.Bool, "false")]
    [InlineData("12.50", FieldType.Text, "\"12.50\"")]
    [InlineData("[1,\"a\"]", FieldType.Text, "\"[1,\\\"a\\\"]\"")]
    [InlineData("\"2026-10-10T00:00:00+02:00\"", FieldType.Timestamp, "\"2026-10-09T22:00:00Z\"")]
    [InlineData("null", FieldType.Int, "null")]
    public void Convert_gives_the_type(string value, FieldType type, string expected) =>
        Assert.Equal($$"""{"v":{{expected}}}""", Bench.Apply(new CloudPump.Transformers.Convert { Fields = { { "v", type } } }, $$"""{"v":{{value}}}"""));

    [Fact]
    public void Convert_reaches_into_objects() =>
        Assert.Equal("""{"o":{"n":7,"t":"1.50"}}""", Bench.Apply(new CloudPump.Transformers.Convert { Fields = { { "o.n", FieldType.Int }, { "o.t", FieldType.Text } } }, """{"o":{"n":7.0,"t":1.50}}"""));

    [Theory]
    [InlineData("\"x\"", FieldType.Int)]
    [InlineData("1.5", FieldType.Int)]
    [InlineData("1e300", FieldType.Int)]
    [InlineData("\"9223372036854775808\"", FieldType.Int)]
    [InlineData("2", FieldType.Bool)]
    [InlineData("{}", FieldType.Double)]
    [InlineData("\"1e999\"", FieldType.Double)]
    [InlineData("5", FieldType.Timestamp)]
    [InlineData("\"2026-02-30T00:00:00Z\"", FieldType.Timestamp)]
    public void What_cannot_be_converted_is_a_dead_letter_or_what_was_asked_for(string value, FieldType type)
    {
        var json = $$"""{"v":{{value}}}""";
        Assert.Equal($"The field 'v' cannot become a value of the type {type.ToString().ToLowerInvariant()}.", new Bench().Add(json).Run(new CloudPump.Parsers.Json(), Step(OnError.Dead)).Reason);
        Assert.Equal(json, Bench.Apply(Step(OnError.Skip), json));
        Assert.Equal("""{"v":null}""", Bench.Apply(Step(OnError.Null), json));

        CloudPump.Transformers.Convert Step(OnError onError) => new() { Fields = { { "v", type } }, OnError = onError };
    }

    [Fact]
    public void Default_sets_what_is_missing_or_null() =>
        Assert.Equal("""{"a":1,"b":{"x":2,"y":{"z":3},"d":"new"},"c":"t","n":2}""", Bench.Apply(new Default { Fields = { { "a", "9" }, { "n", "a + 1" }, { "b.d", "'new'" } } }, Event));

    [Theory]
    [InlineData("", ".", """{"a":1,"c":"t","n":null,"b.x":2,"b.y.z":3}""")]
    [InlineData("b", "_", """{"a":1,"c":"t","n":null,"b_x":2,"b_y_z":3}""")]
    [InlineData("a", ".", Event)]
    public void Flatten_makes_fields_of_members(string fields, string separator, string expected) =>
        Assert.Equal(expected, Bench.Apply(new Flatten { Fields = [.. fields.Split(',', StringSplitOptions.RemoveEmptyEntries)], Separator = separator }, Event));

    [Fact]
    public void Flatten_keeps_lists_empty_objects_and_strange_names() => Assert.Equal(
        """{"o.l":[{"p":1}],"o.e":{},"o.\"q\"\n":1}""", Bench.Apply(new Flatten(), """{"o":{"l":[{"p":1}],"e":{},"\"q\"\n":1}}"""));

    [Fact]
    public void An_object_of_too_many_members_is_a_dead_letter()
    {
        var members = string.Join(',', Enumerable.Range(0, 1_001).Select(i => $"\"m{i}\":1"));
        Assert.Contains("more than 1000 fields", new Bench().Add("{\"o\":{" + members + "}}").Run(new CloudPump.Parsers.Json(), new Flatten()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,c", "o", ".", """{"b":{"x":2,"y":{"z":3}},"n":null,"o":{"a":1,"c":"t"}}""")]
    [InlineData("a", "b.y", ".", """{"b":{"x":2,"y":{"z":3,"a":1}},"c":"t","n":null}""")]
    public void Nest_puts_fields_into_an_object(string fields, string target, string separator, string expected) =>
        Assert.Equal(expected, Bench.Apply(new Nest { Fields = [.. fields.Split(',')], Target = target, Separator = separator }, Event));

    [Fact]
    public void Nest_is_the_opposite_of_flatten()
    {
        var json = """{"t":1,"o":{"a":1,"p":{"b":[2],"c":"x"}}}""";
        Assert.Equal(json, new Bench().Add(json).Run(new CloudPump.Parsers.Json(), new Flatten(), new Nest()).Single);
        Assert.Equal(json, new Bench().Add(json).Run(new CloudPump.Parsers.Json(), new Flatten { Separator = "__" }, new Nest { Separator = "__" }).Single);
    }

    [Theory]
    [InlineData("\"a\"", null, "\"one\"")]
    [InlineData("5", null, "\"five\"")]
    [InlineData("true", null, "\"yes\"")]
    [InlineData("\"z\"", null, "\"z\"")]
    [InlineData("\"z\"", "other", "\"other\"")]
    [InlineData("null", "other", "null")]
    public void Map_replaces_values(string value, string? otherwise, string expected) => Assert.Equal(
        $$"""{"v":{{expected}}}""", Bench.Apply(new Map { Field = "v", Values = { { "a", "one" }, { "5", "five" }, { "true", "yes" } }, Default = otherwise }, $$"""{"v":{{value}}}"""));

    [Theory]
    [InlineData("http://u:p@h/p?a=1&a=2#f", """{"scheme":"http","user":"u","host":"h","path":"/p","query":"a=1&a=2","parameters":{"a":["1","2"]},"fragment":"f"}""")]
    [InlineData("/only/path", """{"path":"/only/path"}""")]
    public void Url_takes_a_text_apart(string url, string parts)
    {
        var found = Bench.Apply(new Url { Field = "o.u", Target = "o.parts" }, $$$"""{"o":{"u":"{{{url}}}"}}""")!;
        var expected = System.Text.Json.Nodes.JsonNode.Parse(parts)!.AsObject();
        var actual = System.Text.Json.Nodes.JsonNode.Parse(found)!["o"]!["parts"]!.AsObject();
        Assert.All(expected, p => Assert.Equal(p.Value!.ToJsonString(), actual[p.Key]!.ToJsonString()));
        Assert.DoesNotContain("\"p\"", actual.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", HashAlgorithm.Sha256, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")]
    [InlineData("a", HashAlgorithm.Md5, "0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("a", HashAlgorithm.Sha1, "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8")]
    public void Hash_of_one_text_is_that_of_its_bytes(string text, HashAlgorithm algorithm, string expected) =>
        Assert.EndsWith($"\"{expected}\"}}", Bench.Apply(new Hash { Fields = ["v"], Algorithm = algorithm }, $$"""{"v":"{{text}}"}"""), StringComparison.Ordinal);

    [Fact]
    public void Hashes_of_several_fields_tell_them_apart()
    {
        Assert.NotEqual(Of("""{"a":"x","b":"y"}"""), Of("""{"a":"xy","b":""}"""));
        Assert.NotEqual(Of("""{"a":"1"}"""), Of("""{"a":1}"""));
        Assert.Equal(Of("""{"b":2,"a":1}"""), Of("""{"a":1,"b":2}"""));

        static string Of(string json) => Bench.Apply(new Hash { Fields = ["a", "b"] }, json)!.Split("hash")[1];
    }

    [Fact]
    public void A_sample_has_its_share_and_keys_stay_together()
    {
        var bench = new Bench().Add(Enumerable.Range(0, 10_000).Select(i => $$"""{"k":{{i / 10}}}""")).Run(new CloudPump.Parsers.Json(), new Sample { Share = 0.2, By = "k" });
        Assert.InRange(bench.Events.Count, 1_500, 2_500);
        Assert.All(bench.Events.GroupBy(e => e), g => Assert.Equal(10, g.Count()));
        Assert.InRange(new Bench().Add(Enumerable.Repeat("{}", 10_000)).Run(new Sample { Share = 0.2 }).Events.Count, 1_800, 2_200);
        Assert.Empty(new Bench().Add("{}").Run(new Sample { Share = 0 }).Events);
        Assert.Single(new Bench().Add("{}").Run(new Sample { Share = 1 }).Events);
    }

    [Fact]
    public void A_throttle_lets_so_many_of_each_key_pass_in_each_span()
    {
        var bench = new Bench();
        var throttle = new Throttle { Limit = 2, Per = TimeSpan.FromSeconds(1), By = "k" }.Build(bench.Context);
        var json = new CloudPump.Parsers.Json().Build(bench.Context);
        List<int> passed = [];
        foreach (var second in new[] { 1, 1, 2 })
        {
            bench.Batch.Clear();
            bench.Batch.AddOrigin(Bench.Origin);
            foreach (var key in "aab")
            {
                var text = System.Text.Encoding.UTF8.GetBytes($$"""{"k":"{{key}}"}""");
                bench.Batch.Add(new EventHeader { RawOffset = bench.Batch.Append(text), RawLength = text.Length, Received = second * TimeSpan.TicksPerSecond });
            }

            passed.Add(bench.Run(json, throttle).Events.Count);
        }

        Assert.Equal([3, 1, 3], passed);
    }
}
