using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPump.Events;
using CloudPump.Tests.Events;
using CloudPump.Transformers;

namespace CloudPump.Tests.Parsers;

public sealed class JsonTests
{
    [Fact]
    public void Agrees_with_the_JSON_test_suite()
    {
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(TestData.Require("json/JSONTestSuite/test_parsing"), "*.json"))
        {
            var bench = new Bench().AddBytes(File.ReadAllBytes(file)).Parse(new CloudPump.Parsers.Json { MaxDepth = 512 });
            var name = Path.GetFileName(file);
            var parsed = bench.Batch.Failures.Count == 0;
            if ((name[0] == 'y' && !parsed) || (name[0] == 'n' && parsed) || (parsed && !IsJson(bench.Single)))
            {
                wrong.Add(name + (parsed ? " was accepted" : ": " + bench.Reason));
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", """{"a":1,"b":"x"}""")]
    [InlineData(""" { "a" : 1 , "b" : [ 1 ] } """, """{"a":1,"b":[ 1 ]}""")]
    [InlineData("""{"a":1.0,"b":1e2,"c":-0,"d":12345678901234567890123,"e":1E400}""", """{"a":1.0,"b":1e2,"c":-0,"d":12345678901234567890123,"e":1E400}""")]
    [InlineData("""{"\u0061\n":1}""", """{"a\n":1}""")]
    [InlineData("""{"a":"\u0041\/\ud83d\ude00\u0000"}""", """{"a":"A/😀\u0000"}""")]
    [InlineData("""{"a":1,"b":2,"a":3,"\u0061":4}""", """{"a":4,"b":2}""")]
    [InlineData("""{"":1}""", """{"":1}""")]
    [InlineData("""{"a":{"b":{"c":[{},null,true]}},"n":null,"t":true,"f":false}""", """{"a":{"b":{"c":[{},null,true]}},"n":null,"t":true,"f":false}""")]
    [InlineData("[1,2]", """{"value":[1,2]}""")]
    [InlineData("\"x\\ty\"", """{"value":"x\ty"}""")]
    [InlineData("null", """{"value":null}""")]
    [InlineData("-1.50", """{"value":-1.50}""")]
    [InlineData("{}", "{}")]
    public void Members_become_fields_and_their_text_is_kept(string json, string expected) =>
        Assert.Equal(expected, new Bench().Add(json).Parse(new CloudPump.Parsers.Json()).Single);

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":{"b":"\uD800x"}}""")]
    [InlineData("""{"a":[{"\ud800\ud800":1}]}""")]
    public void Half_a_surrogate_pair_is_a_dead_letter_wherever_it_stands(string json)
    {
        var bench = new Bench().Add(json).Run(new CloudPump.Parsers.Json(), new Remove { Fields = ["a.b", "a.c"] });
        Assert.Contains("surrogate", bench.Reason, StringComparison.Ordinal);
        Assert.True(bench.Batch.IsRaw(0));
    }

    [Theory]
    [InlineData("""[{"a":1},{"b":2}]""", """{"a":1}|{"b":2}""")]
    [InlineData("[ {} ,\n {\"a\":[1]} ]", """{}|{"a":[1]}""")]
    [InlineData("{\"a\":1}\n{\"b\":{\"c\":2}}\r\n\n{}", """{"a":1}|{"b":{"c":2}}|{}""")]
    [InlineData("{\n\"a\":1}\n{\"b\":2}\n", """{"a":1}|{"b":2}""")]
    [InlineData("[{},1]", """{"value":[{},1]}""")]
    [InlineData("[]", """{"value":[]}""")]
    public void Objects_of_a_list_and_of_lines_are_an_event_each(string json, string events) =>
        Assert.Equal(events, string.Join('|', new Bench().Add(json).Parse(new CloudPump.Parsers.Json()).Events));

    [Theory]
    [InlineData("""{"a":1} {"b":2}""")]
    [InlineData("""{"a":1}{"b":2}""")]
    [InlineData("{\"a\":1}\n[]")]
    [InlineData("{\"a\":1}\n{\"b\":")]
    [InlineData("""[{"a":1},{"b":2}""")]
    [InlineData("""[{"a":1}] x""")]
    [InlineData("{\"a\":1}\n\"b\"")]
    public void What_is_no_list_and_no_lines_is_one_dead_letter(string json)
    {
        var bench = new Bench().Add(json).Parse(new CloudPump.Parsers.Json());
        Assert.StartsWith("The event is not valid JSON", bench.Reason, StringComparison.Ordinal);
        Assert.Empty(bench.Events);
        Assert.True(bench.Batch.IsRaw(0));
    }

    [Fact]
    public void Whatever_an_event_holds_nothing_breaks() => CloudPump.Tests.Fuzzing.ProcessorFuzz.Run(
        new CloudPump.Parsers.Json(),
        ["""{"a":1,"b":[{"c":"x\u00e9"}],"d":null}""", """[{"a":1},{"b":2.5e3}]""", "{\"a\":1}\n{\"b\":2}\n", "\"x\"", "[[1,[2]],true]"],
        ["{", "}", "[", "]", ",", ":", "\"", "\\u", "\\ud83d\\ude00", "\\ud800", "1e999", "-", "\n", "null", "{\"a\":", "\0", "//"], 7);

    [Fact]
    public void Invalid_UTF_8_is_a_dead_letter() =>
        Assert.Equal("The event is not valid UTF-8.", new Bench().AddBytes([.. "{\"a\":\""u8, 0xff, .. "\"}"u8]).Parse(new CloudPump.Parsers.Json()).Reason);

    [Fact]
    public void The_reason_says_where()
    {
        var bench = new Bench().Add("{\"a\":1,\n\"b\":x}").Parse(new CloudPump.Parsers.Json());
        Assert.Equal("The event is not valid JSON, at byte 4 of line 2.", bench.Reason);
        Assert.Equal(0, bench.Batch.FieldCount(0));
    }

    [Theory]
    [InlineData(3, "[[[1]]]", true)]
    [InlineData(3, "[[[[1]]]]", false)]
    [InlineData(3, """{"a":[[1]]}""", true)]
    [InlineData(3, """{"a":[[[1]]]}""", false)]
    public void Deeper_values_than_max_depth_are_dead_letters(int depth, string json, bool parsed) =>
        Assert.Equal(parsed ? 0 : 1, new Bench().Add(json).Parse(new CloudPump.Parsers.Json { MaxDepth = depth }).Batch.Failures.Count);

    [Fact]
    public void An_event_with_too_many_fields_is_a_dead_letter_and_keeps_no_memory()
    {
        var most = "{" + string.Join(',', Enumerable.Range(0, EventBatch.MaxFields).Select(i => $"\"f{i}\":{i}")) + "}";
        var bench = new Bench().Add(most, most.Replace("}", ",\"one_more\":1}", StringComparison.Ordinal)).Parse(new CloudPump.Parsers.Json());
        Assert.Equal(most, bench.Single);
        Assert.Equal("The event has more than 1000 fields.", bench.Reason);
        bench.Batch.Clear();
        Assert.True(bench.Batch.Capacity < 100_000, $"{bench.Batch.Capacity} slots are kept.");
    }

    [Fact]
    public void Names_beyond_the_table_are_dead_letters_and_known_ones_still_parse()
    {
        var bench = new Bench().Parse(new CloudPump.Parsers.Json());
        for (var i = 0; bench.Context.Fields.TryAdd(Encoding.UTF8.GetBytes($"n{i}"), out _); i++)
        {
            Assert.True(i < FieldTable.MaxNames);
        }

        bench.Add("""{"n1":1}""", """{"new":1}""").Parse(new CloudPump.Parsers.Json { });
        Assert.Equal("""{"n1":1}""", bench.Single);
        Assert.Contains("different field names", bench.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_parsed_and_written_is_the_same_value()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var node = RandomJson.Object(random, 3);
            var text = node.ToJsonString();
            var found = new Bench().Add(text).Parse(new CloudPump.Parsers.Json()).Single;
            Assert.True(JsonNode.DeepEquals(node, JsonNode.Parse(found)), $"{text}\n{found}");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000 }).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
