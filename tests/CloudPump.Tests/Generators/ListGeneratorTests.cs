using CloudPump.Events;
using CloudPump.Generators;
using CloudPump.Tests.Fuzzing;

namespace CloudPump.Tests.Generators;

public sealed class ListGeneratorTests
{
    [Theory]
    [InlineData("json/suricata-alerts-honeypot-2018.json", null, 44)]
    [InlineData("json/suricata-alerts-wrccdc-2018.json", null, 207)]
    [InlineData("json/usgs-earthquakes-week.geojson", "features", 1707)]
    public void Real_documents_give_all_their_items(string file, string? path, int items)
    {
        var bench = new Bench().AddBytes(File.ReadAllBytes(TestData.Require(file))).Run(new JsonArray { Path = path });
        Assert.Empty(bench.Batch.Failures);
        Assert.True(bench.Batch.Rows.Length == items, $"{bench.Batch.Rows.Length} items.");
        Assert.Equal(items, bench.Batch.Rows.ToArray().Select(bench.Batch.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("""[{"a":1},[2],"x",null]""", null, """{"a":1}|{"value":[2]}|{"value":"x"}|{"value":null}""")]
    [InlineData("""{"r":{"s":[{"a":1}]},"x":[2]}""", "r.s", """{"a":1}""")]
    [InlineData("[]", null, "")]
    public void Items_become_events(string json, string? path, string events) =>
        Assert.Equal(events, string.Join('|', new Bench().Add(json).Run(new JsonArray { Path = path }).Events));

    [Theory]
    [InlineData("""{"a":1}""", null, "The document is no JSON list.")]
    [InlineData("""{"a":1}""", "b.c", "The document has no list at 'b.c'.")]
    [InlineData("""{"b":{"c":1}}""", "b.c", "The document has no list at 'b.c'.")]
    [InlineData("""[{"a":1},{"b":""", null, "The document is not valid JSON, at byte 14 of line 1.")]
    [InlineData("""{"r":[1]} x""", "r", "The document is not valid JSON, at byte 10 of line 1.")]
    public void What_is_wrong_is_told_and_nothing_is_half_delivered(string json, string? path, string reason)
    {
        var bench = new Bench().Add(json).Run(new JsonArray { Path = path });
        Assert.Equal(reason, bench.Reason);
        Assert.Empty(bench.Events);
    }

    [Fact]
    public void A_text_field_is_a_document_too() => Assert.Equal(
        ["""{"h":1,"a":1}""", """{"h":1,"value":2}"""],
        new Bench().Add("""{"h":1,"body":"[{\"a\":1},2]"}""").Run(new CloudPump.Parsers.Json(), new JsonArray { Field = "body" }).Events);

    [Theory]
    [InlineData("""{"k":1,"l":[1,"a\n",{"x":2},null]}""", """{"k":1,"l":1}|{"k":1,"l":"a\n"}|{"k":1,"l":{"x":2}}|{"k":1,"l":null}""")]
    [InlineData("""{"k":1,"l":[ ]}""", """{"k":1,"l":[ ]}""")]
    [InlineData("""{"k":1,"l":null}""", """{"k":1,"l":null}""")]
    [InlineData("""{"k":1}""", """{"k":1}""")]
    public void Explode_makes_an_event_of_each_item(string json, string events) =>
        Assert.Equal(events, string.Join('|', new Bench().Add(json).Run(new CloudPump.Parsers.Json(), new Explode { Field = "l" }).Events));

    [Fact]
    public void Explode_reaches_into_objects_and_merges()
    {
        var bench = new Bench().Add("""{"o":{"l":[{"a":1,"b":2},3],"m":4},"a":0}""", """{"o":{"l":5}}""").Run(new CloudPump.Parsers.Json(), new Explode { Field = "o.l", Target = "item", Merge = true });
        Assert.Equal(["""{"o":{"m":4},"a":1,"b":2}""", """{"o":{"m":4},"a":0,"item":3}"""], bench.Events);
        Assert.Equal("The field 'o.l' is no list.", bench.Reason);
    }

    [Fact]
    public void Generators_that_follow_one_another_give_ids_of_their_own()
    {
        var bench = new Bench().Add("""[{"l":[1,2]},{"l":[3]},{"l":[]}]""").Run(new JsonArray(), new Explode { Field = "l" });
        Assert.Equal(["""{"l":1}""", """{"l":2}""", """{"l":3}""", """{"l":[]}"""], bench.Events);
        Assert.Equal(4, bench.Batch.Rows.ToArray().Select(bench.Batch.Id).Distinct().Count());
        Assert.Equal(3, bench.Batch.Removed(Removal.Replaced));
    }

    [Fact]
    public void Whatever_a_document_holds_nothing_breaks() => ProcessorFuzz.Run(
        new JsonArray { Path = "r" }, ["""{"r":[{"a":1},{"b":[2]},3]}""", """{"q":{"r":1},"r":[]}"""], ["[", "]", "{", "}", "\"r\":", ",", "\"", "\\ud800", "1e9"], 3);
}
