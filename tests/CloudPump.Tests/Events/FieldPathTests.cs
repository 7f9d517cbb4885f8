using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Events;

namespace CloudPump.Tests.Events;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("a", """{"a":1}""", "1")]
    [InlineData("a.b", """{"a":{"x":0,"b":{"c":[1]}}}""", """{"c":[1]}""")]
    [InlineData("a.b.c", """{"a":{"b":{"c":"q\n"}}}""", "\"q\\n\"")]
    [InlineData("a.b", """{"a":{"b":1},"a.b":2}""", "2")]
    [InlineData("a.b", """{"a":{"\u0062":1}}""", "1")]
    [InlineData("a.b", """{"a":{"b":null}}""", "null")]
    [InlineData("a.b", """{"a":{"c":{"b":1}}}""", null)]
    [InlineData("a.b", """{"a":[{"b":1}]}""", null)]
    [InlineData("a.b", """{"a":"b"}""", null)]
    [InlineData("a.b", """{}""", null)]
    [InlineData("a.b.c", """{"a":{"b":2}}""", null)]
    public void A_value_is_found_by_its_path(string path, string json, string? expected)
    {
        var bench = Parsed(json);
        var slot = new FieldPath(path, bench.Context.Fields).Get(bench.Batch, 0);
        Assert.Equal(expected, slot.Kind == FieldKind.Missing ? null : Json(bench, slot));
    }

    [Theory]
    [InlineData("a", "{}", """{"a":7}""")]
    [InlineData("a.b", "{}", """{"a":{"b":7}}""")]
    [InlineData("a.b", """{"a":{"x":1,"b":2,"y":{"b":3}},"z":4}""", """{"a":{"x":1,"b":7,"y":{"b":3}},"z":4}""")]
    [InlineData("a.c", """{"a":{"x":1,"b":"2"}}""", """{"a":{"x":1,"b":"2","c":7}}""")]
    [InlineData("a.b.c", """{"a":{"x":[1],"b":2}}""", """{"a":{"x":[1],"b":{"c":7}}}""")]
    [InlineData("a.b", """{"a":"text"}""", """{"a":{"b":7}}""")]
    [InlineData("a.b", """{"a.b":1}""", """{"a.b":7}""")]
    public void A_value_is_set_at_its_path(string path, string json, string expected)
    {
        var bench = Parsed(json);
        var scratch = bench.Context.Fields.Id("#scratch");
        bench.Batch.SetInt64(0, scratch, 7);
        new FieldPath(path, bench.Context.Fields).MoveFrom(bench.Batch, 0, scratch);
        Assert.Equal(expected, bench.Single);
    }

    [Theory]
    [InlineData("a", """{"a":1}""", "{}", true)]
    [InlineData("a.b", """{"a":{"x":1,"b":2,"y":3}}""", """{"a":{"x":1,"y":3}}""", true)]
    [InlineData("a.b", """{"a":{"b":2}}""", """{"a":{}}""", true)]
    [InlineData("a.b.c", """{"a":{"b":{"c":1,"d":2},"e":3}}""", """{"a":{"b":{"d":2},"e":3}}""", true)]
    [InlineData("a.b", """{"a":{"c":2}}""", """{"a":{"c":2}}""", false)]
    [InlineData("a.b", """{"a":{"b":1,"b":2}}""", """{"a":{}}""", true)]
    public void A_value_is_removed_at_its_path(string path, string json, string expected, bool found)
    {
        var bench = Parsed(json);
        Assert.Equal(found, new FieldPath(path, bench.Context.Fields).Remove(bench.Batch, 0));
        Assert.Equal(expected, bench.Single);
    }

    [Fact]
    public void Random_gets_sets_and_removals_agree_with_a_tree()
    {
        var random = new Random(11);
        for (var i = 0; i < 3_000; i++)
        {
            var tree = new JsonObject { ["r"] = RandomJson.Object(random, 4) };
            var bench = Parsed(tree.ToJsonString());
            for (var n = 0; n < 4; n++)
            {
                var names = Enumerable.Range(0, random.Next(1, 4)).Select(_ => "abé"[random.Next(3)].ToString()).Prepend("r").ToArray();
                Change(random.Next(3), names, tree, bench);
                Assert.True(JsonNode.DeepEquals(tree, JsonNode.Parse(bench.Single)), $"{tree}\n{bench.Single}");
            }
        }
    }

    private static void Change(int kind, string[] names, JsonObject tree, Bench bench)
    {
        var path = new FieldPath(string.Join('.', names), bench.Context.Fields);
        var parent = tree;
        foreach (var name in names[..^1])
        {
            var next = parent[name] as JsonObject;
            if (next is null && kind != 0)
            {
                Assert.Equal(FieldKind.Missing, path.Get(bench.Batch, 0).Kind);
                Assert.False(path.Remove(bench.Batch, 0));
                return;
            }

            parent[name] = next ?? (next = []);
            parent = next;
        }

        switch (kind)
        {
            case 0:
                parent[names[^1]] = 7;
                bench.Batch.SetInt64(0, bench.Context.Fields.Id("#scratch"), 7);
                path.MoveFrom(bench.Batch, 0, bench.Context.Fields.Id("#scratch"));
                break;
            case 1:
                Assert.Equal(parent.Remove(names[^1]), path.Remove(bench.Batch, 0));
                break;
            default:
                var slot = path.Get(bench.Batch, 0);
                Assert.Equal(parent.ContainsKey(names[^1]), slot.Kind != FieldKind.Missing);
                Assert.True(slot.Kind == FieldKind.Missing || JsonNode.DeepEquals(parent[names[^1]], JsonNode.Parse(Json(bench, slot))));
                break;
        }
    }

    private static Bench Parsed(string json) => new Bench().Add(json).Parse(new CloudPump.Parsers.Json());

    private static string Json(Bench bench, Slot slot)
    {
        var output = new ByteBuffer();
        new EventJsonWriter().WriteValue(output, bench.Batch, slot);
        return Encoding.UTF8.GetString(output.Written);
    }
}
