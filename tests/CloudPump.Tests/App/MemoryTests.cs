using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Tests.App;

/// <summary>What steps remember between invocations, and what they tell others through lookups.</summary>
public class MemoryTests
{
    private const string Clicks = """
        pipeline: clicks
        sources:
          - stream: {name: clicks, partitions: 2}
        processors:
          - parse: json
          - dedupe: {by: [k], within: 30d}
        sink:
          "null": {}
        """;

    [Fact]
    public async Task Repeats_are_known_after_a_restart_and_a_redelivery_repeats_nothing()
    {
        var rig = new AppRig(Clicks) { BatchSize = 3 };
        rig.Put("clicks", Events(0, 1, 2, 0, 1, 3, 0));
        await rig.WorkAsync(rig.Start());
        Assert.Equal([0, 1, 2, 3], Keys(rig));

        // Another process, and the hub delivers the last batches once more.
        rig.SetCheckpoint(rig.Topology.Inputs[0], 0, 3);
        rig.Put("clicks", Events(2, 4, 3));
        await rig.WorkAsync(rig.Start());
        Assert.Equal([0, 1, 2, 3, 4], Keys(rig));
    }

    [Fact]
    public async Task An_entry_that_one_instance_sets_another_finds()
    {
        var table = new TableLookup();
        table.Options.Key = ["k"];
        var lookups = new LookupSet();
        lookups.Add("seen", table);
        var definitions = AppRig.Read(
            "pipeline: learn\nsources: [{stream: learn}]\nprocessors: [{parse: json}, {lookup_set: {name: seen, value: v}}]\nsink: {'null': {}}\n",
            "pipeline: ask\nsources: [{stream: ask}]\nprocessors: [{parse: json}, {lookup: {name: seen, target: v}}]\nsink: {'null': {}}\n");
        var rig = new AppRig(new PipelineSet(definitions.Pipelines, lookups: lookups));
        rig.Put("learn", ["""{"k":1,"v":"one"}""", """{"k":2,"v":"two"}"""]);
        await rig.WorkAsync(rig.Start());

        rig.Put("ask", ["""{"k":"1"}""", """{"k":3}"""]);
        await rig.WorkAsync(rig.Start());
        Assert.Equal(["""{"k":"1","v":"one"}""", """{"k":3}"""], rig.Output("ask"));
    }

    private static IEnumerable<string> Events(params int[] keys) => keys.Select(k => $$"""{"k":{{k}}}""");

    private static IEnumerable<int> Keys(AppRig rig) => rig.Output("clicks").Select(o => System.Text.Json.Nodes.JsonNode.Parse(o)!["k"]!.GetValue<int>());
}
