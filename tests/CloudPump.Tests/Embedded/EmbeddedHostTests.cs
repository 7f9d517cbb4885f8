using CloudPump.Hosting;
using CloudPump.Parsers;
using CloudPump.Pipelines;
using CloudPump.Routers;

namespace CloudPump.Tests.Embedded;

public sealed class EmbeddedHostTests : IDisposable
{
    private readonly HostRig _rig = new();
    private readonly RecordingSink _main = new();
    private readonly RecordingSink _other = new();

    public void Dispose() => _rig.Dispose();

    [Theory(Timeout = HostRig.Patience)]
    [InlineData(RouteTransport.Topic)]
    [InlineData(RouteTransport.Stream)]
    public async Task Routes_clone_and_move_and_the_counts_of_both_pipelines_add_up(RouteTransport via)
    {
        var route = new Route
        {
            Rules = [new RouteRule { When = "n == 1", To = "other", Via = via }, new RouteRule { When = "n == 2", To = "other", Via = via, Mode = RouteMode.Move }],
        };
        var counts = await _rig.RunAsync(
            Numbers(6).Use(route).Filter("n != 3").To(_main),
            Pipeline.Define("other").Set("seen", "true").To(_other));
        Assert.Equal(["""{"n":0}""", """{"n":1}""", """{"n":4}""", """{"n":5}"""], _main.Events);
        Assert.Equal(["""{"n":1,"seen":true}""", """{"n":2,"seen":true}"""], _other.Events);
        Assert.Equal(new Accounting(6, 0, 4, 1, 1, 0, 0), counts["main"]);
        Assert.Equal(new Accounting(2, 0, 2, 0, 0, 0, 0), counts["other"]);
        Assert.Equal([1L, 2L], _other.Delivered.Select(d => d.Id.Offset));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_window_sends_its_results_to_the_pipeline_named()
    {
        var counts = await _rig.RunAsync(
            Events(HostRig.At(1), HostRig.At(2), HostRig.At(3, "b"), HostRig.At(12), HostRig.At(5)).Use(HostRig.Window("other")).To(_main),
            Pipeline.Define("other").To(_other));
        Assert.Equal(["a@0=2", "b@0=1", "a@10=1"], _other.Events.Select(HostRig.Hits));
        Assert.Equal((5, 1), (counts["main"].Delivered, counts["main"].Late));
        Assert.Equal(3, counts["other"].Received);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_window_without_a_target_sends_its_results_to_the_stream_of_findings()
    {
        var counts = await _rig.RunAsync(
            Events([.. Enumerable.Range(0, 20).Select(i => HostRig.At(i, $"k{i}"))]).Use(HostRig.Window(shards: 3)).To(_main),
            Pipeline.Define("other").From(new StreamSource { Name = "findings" }).To(_other));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"k{i}@{i / 10 * 10}=1").Order(StringComparer.Ordinal), _other.Events.Select(HostRig.Hits).Order(StringComparer.Ordinal));
        Assert.Equal(20, counts["other"].Delivered);
        Assert.Equal(["analyzer:main/w"], _other.Delivered.Select(d => d.Id.Stream.Split('@')[0]).Distinct());
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Dead_letters_of_parser_processor_and_sink_are_kept_whole()
    {
        var sink = new RecordingSink
        {
            Writing = batch =>
            {
                foreach (var row in batch.Rows)
                {
                    if (batch.Id(row).Offset == 2)
                    {
                        batch.Fail(row, "refused");
                    }
                }
            },
        };
        var counts = await _rig.RunAsync(Events("""{"n":0}""", "broken", """{"n":2}""", """{"n":"x"}""").Set("m", "n + 1").To(sink));
        Assert.Equal(new Accounting(4, 0, 1, 0, 0, 3, 0), counts["main"]);
        var letters = _rig.DeadLetters().Select(d => d.Letter).ToList();
        Assert.Equal([("json", 0, 1L), ("recording", 2, 2L), ("set", 1, 3L)], letters.Select(d => (d.Processor, d.Step, d.Id.Offset)).Order());
        Assert.Equal(["broken", """{"n":2}""", """{"n":"x"}"""], letters.OrderBy(d => d.Id.Offset).Select(d => System.Text.Encoding.UTF8.GetString(d.Raw!)));
        Assert.Equal([true, false, false], letters.OrderBy(d => d.Id.Offset).Select(d => d.Event is null));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task What_is_routed_to_a_pipeline_that_does_not_run_waits_for_it()
    {
        await _rig.RunAsync(Numbers(4).Route("n > 1", "other", RouteMode.Move).To(_main));
        await _rig.RunAsync(Pipeline.Define("other").To(_other));
        Assert.Equal(["""{"n":2}""", """{"n":3}"""], _other.Events);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_commit_tells_a_partition_just_the_position_that_it_holds()
    {
        var input = new ScriptedInput("a", "1", "2", "3", "4", "5");
        await _rig.RunAsync(Pipeline.Define("main").From(new ScriptedSource(input)).To(_main));
        Assert.Equal([2L, 4L, 5L, 5L], input.Committed);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_rule_that_fails_sends_the_event_nowhere()
    {
        var route = new Route { Rules = [new RouteRule { To = "other" }, new RouteRule { When = "n + 1 > 0", To = "other" }] };
        await _rig.RunAsync(Events("""{"n":"x"}""").Use(route).To(_main), Pipeline.Define("other").To(_other));
        Assert.Single(_rig.DeadLetters());
        Assert.Empty(_other.Events);
    }

    private static PipelineBuilder Numbers(int count) => Events([.. Enumerable.Range(0, count).Select(n => $$"""{"n":{{n}}}""")]);

    private static PipelineBuilder Events(params string[] events) => Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", events))).Parse(new Json());
}
