using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

public sealed class WindowKeyTests
{
    [Theory]
    [InlineData("1", "1.0", """{"k":1,"n":2}""")]
    [InlineData("0.0", "-0.0", """{"k":0,"n":2}""")]
    [InlineData("\"1\"", "1", """{"k":1,"n":1}""", """{"k":"1","n":1}""")]
    [InlineData("null", "true", """{"k":null,"n":1}""", """{"k":true,"n":1}""")]
    [InlineData("-1.5", "-2.5", """{"k":-2.5,"n":1}""", """{"k":-1.5,"n":1}""")]
    [InlineData("2", "10", """{"k":2,"n":1}""", """{"k":10,"n":1}""")]
    [InlineData("-1", "1", """{"k":-1,"n":1}""", """{"k":1,"n":1}""")]
    [InlineData("[1,2]", "{\"a\":1}", """{"k":[1,2],"n":1}""", """{"k":{"a":1},"n":1}""")]
    public void Keys_keep_their_kind_and_order_and_equal_numbers_are_one(string one, string two, params string[] expected) =>
        Assert.Equal(expected, Keys("k", $"{{\"k\":{one}}}", $"{{\"k\":{two}}}"));

    [Fact]
    public void Keys_may_be_made_by_expressions() => Assert.Equal(
        ["""{"k":7,"n":1}""", """{"k":"90s","n":1}""", """{"k":"AP8=","n":1}""", """{"k":"2026-10-10T00:00:00.000000001Z","n":1}"""],
        [.. new[] { "uint(7)", "duration('90s')", "b'\\x00\\xff'", "timestamp('2026-10-10T00:00:00.000000001Z')" }.SelectMany(e => Keys(e, "{}"))]);

    private static IEnumerable<string> Keys(string expression, params string[] events)
    {
        var definition = new TimeWindow
        {
            Name = "w",
            Size = TimeSpan.FromTicks(10),
            Time = "timestamp('2026-10-10T00:00:00Z')",
            By = [expression],
            Measures = { { "n", CloudPump.Analyzers.Measures.MeasureCall.Parse("count()") } },
        };
        var bench = new Bench().Add(events).Parse(new CloudPump.Parsers.Json());
        var step = definition.BuildStep(bench.Context);
        step.AddPartition(AnalyzerStep.NoTime);
        bench.Run(step);
        var piece = new ByteBuffer();
        Assert.True(step.TakePiece(0, 0, piece));
        var shard = new AnalyzerShard(definition.CreateShard());
        shard.Apply("a", 1, 0, piece.Written);
        shard = WindowRig.Reload(shard, definition);
        shard.Silence("a");
        return WindowRig.Close(shard).Select(r => JsonNode.Parse(r)!).Select(r => new JsonObject { ["k"] = r[expression]?.DeepClone(), ["n"] = r["n"]!.DeepClone() }.ToJsonString());
    }
}
