using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class BackPressureTests : IDisposable
{
    private const int Events = 60;
    private const int PerBatch = 2;
    private readonly HostRig _rig = new() { Temporary = true, MostBacklog = 1 };

    public void Dispose() => _rig.Dispose();

    [Theory(Timeout = HostRig.Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sender_reads_on_only_when_its_slowest_consumer_has_caught_up(bool overTopic)
    {
        var (fast, slow) = (new RecordingSink(), new RecordingSink());
        var ahead = 0L;
        var input = new ScriptedInput("a", [.. Enumerable.Range(0, Events).Select(i => $"{i}")])
        {
            PerBatch = PerBatch,
            Before = position => ahead = Math.Max(ahead, position - slow.Delivered.Count),
        };
        var main = Pipeline.Define("main").From(new ScriptedSource(input));
        PipelineDefinition[] pipelines = overTopic
            ? [main.Route("true", "slow").Route("true", "fast").To(new RecordingSink()), Pipeline.Define("slow").To(slow), Pipeline.Define("fast").To(fast)]
            : [
                main.To(new StreamSink { Name = "s", Partitions = 2 }),
                Pipeline.Define("slow").From(new StreamSource { Name = "s" }).To(slow),
                Pipeline.Define("fast").From(new StreamSource { Name = "s" }).To(fast),
            ];
        await _rig.RunAsync(pipelines);
        Assert.Equal((Events, Events), (slow.Events.Count, fast.Events.Count));
        Assert.InRange(ahead, 0, PerBatch);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_chain_whose_logs_are_always_full_comes_to_its_end()
    {
        var sinks = Enumerable.Range(0, 5).Select(_ => new RecordingSink()).ToArray();
        var chain = sinks.Select((sink, i) => (i == 0 ? Pipeline.Define("p0").From(new ScriptedSource(new ScriptedInput("a", "1", "2", "3", "4", "5"), new ScriptedInput("b", "6"))) : Pipeline.Define($"p{i}"))
            .Route("true", $"p{i + 1}").Route("true", $"p{Math.Max(i + 1, 4)}").To(sink)).ToArray();
        await _rig.RunAsync(chain);
        Assert.Equal([6, 6, 6, 6, 30], sinks.Select(s => s.Events.Count));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Each_of_several_consumers_gets_the_whole_stream_although_nothing_is_retained()
    {
        using var rig = new HostRig { Temporary = true };
        var taken = new TaskCompletionSource();
        var slow = new RecordingSink { Writing = _ => taken.Task.Wait(TestContext.Current.CancellationToken) };
        var fast = new RecordingSink();
        var input = new ScriptedInput("a", [.. Enumerable.Range(0, Events).Select(i => $"{i}")]);
        var last = input.GateAt(Events - 1);
        var run = rig.RunAsync(
            Pipeline.Define("main").From(new ScriptedSource(input)).To(new StreamSink { Name = "s", Partitions = 1 }),
            Pipeline.Define("slow").From(new StreamSource { Name = "s" }).To(slow),
            Pipeline.Define("fast").From(new StreamSource { Name = "s" }).To(fast));
        while (fast.Events.Count < Events - 1)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        taken.TrySetResult();
        last.SetResult();
        await run;
        Assert.Equal((Events, Events), (fast.Events.Count, slow.Events.Count));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_consumer_that_comes_when_all_is_over_its_retention_ends_with_nothing()
    {
        using var rig = new HostRig { Retention = TimeSpan.Zero };
        var (first, second) = (new RecordingSink(), new RecordingSink());
        await rig.RunAsync(
            Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", "1", "2"))).To(new StreamSink { Name = "s", Partitions = 1 }),
            Pipeline.Define("first").From(new StreamSource { Name = "s" }).To(first));
        await rig.RunAsync(Pipeline.Define("second").From(new StreamSource { Name = "s" }).To(second));
        Assert.Equal((2, 0), (first.Events.Count, second.Events.Count));
    }
}
