using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class StopAndRestartTests : IDisposable
{
    private readonly HostRig _rig = new();
    private readonly RecordingSink _main = new();
    private readonly RecordingSink _other = new();

    public void Dispose() => _rig.Dispose();

    [Fact(Timeout = HostRig.Patience)]
    public async Task Windows_of_a_stopped_run_go_on_at_the_next()
    {
        var events = new[] { HostRig.At(1), HostRig.At(2), HostRig.At(3), HostRig.At(12) };
        await StopAsync(_rig, new ScriptedInput("a", events).StuckAt(2), delivered: 2);
        Assert.Empty(_other.Events);
        await _rig.RunAsync(Pipelines(new ScriptedInput("a", events)));
        Assert.Equal(["a@0=3", "a@10=1"], _other.Events.Select(HostRig.Hits));
        Assert.Equal(4, _main.Events.Count);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Windows_of_a_stopped_run_without_a_lasting_store_are_closed()
    {
        using var rig = new HostRig { Temporary = true };
        await StopAsync(rig, new ScriptedInput("a", HostRig.At(1), HostRig.At(2), HostRig.At(3)).StuckAt(2), delivered: 2);
        Assert.Equal(["a@0=2"], _other.Events.Select(HostRig.Hits));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_stop_ends_followers_of_logs_that_nobody_here_writes_to()
    {
        await _rig.RunAsync(Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", "x"))).Route("true", "other").To(_main));
        using var rig = new HostRig { Follow = true, Time = new FakeClock() };
        Directory.Move(_rig.Data, rig.Data);
        using var stop = new CancellationTokenSource();
        var run = rig.RunAsync(stop.Token, Pipeline.Define("other").To(new RecordingSink { Writing = _ => stop.Cancel() }));
        Assert.Equal(1, (await run)["other"].Delivered);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_stop_ends_a_source_that_never_waits()
    {
        using var stop = new CancellationTokenSource();
        var input = new ScriptedInput("a", [.. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        _main.Writing = _ => stop.Cancel();
        var counts = await _rig.RunAsync(stop.Token, Pipeline.Define("main").From(new ScriptedSource(input)).To(_main));
        Assert.Equal((2, 2), (counts["main"].Received, _main.Events.Count));
        _main.Writing = static _ => { };
        await _rig.RunAsync(Pipeline.Define("main").From(new ScriptedSource(input)).To(_main));
        Assert.Equal(100, _main.Delivered.Select(d => d.Id).Distinct().Count());
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_stop_does_not_wait_for_a_source_that_does_not_listen()
    {
        using var stop = new CancellationTokenSource();
        var input = new BlockingStream(stop);
        var pipeline = Pipeline.Define("main").From(new CloudPump.Connectors.Console.StdinSource()).To(_main);
        var options = new CloudPump.Embedded.EmbeddedOptions { StandardInput = () => input };
        await using var host = new CloudPump.Embedded.EmbeddedHost(options, HostRig.Registry);
        await host.RunAsync(new PipelineSet([pipeline]), stop.Token).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_main.Events);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_partition_that_ends_closes_no_windows_while_another_goes_on()
    {
        var longer = new ScriptedInput("b", HostRig.At(2), HostRig.At(25));
        var gate = longer.GateAt(0);
        var shorter = new ScriptedInput("a", HostRig.At(1), HostRig.At(11)) { Before = position => { if (position == 2) { gate.SetResult(); } } };
        await _rig.RunAsync(Pipelines(shorter, longer));
        Assert.Equal(["a@0=2", "a@10=1", "a@20=1"], _other.Events.Select(HostRig.Hits));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Another_input_under_the_same_name_starts_from_its_beginning_and_counts()
    {
        await StopAsync(_rig, new ScriptedInput("a", HostRig.At(1), HostRig.At(2), HostRig.At(3)) { Identity = "1", PerBatch = 1 }.StuckAt(2), delivered: 2);
        await _rig.RunAsync(Pipelines(new ScriptedInput("a", HostRig.At(4), HostRig.At(3), HostRig.At(14)) { Identity = "2", PerBatch = 1 }));
        Assert.Equal(["a@0=3", "a@10=1"], _other.Events.Select(HostRig.Hits));
        Assert.Equal(5, _main.Events.Count);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Partitions_that_had_ended_hold_time_back_again_at_the_next_run()
    {
        var (a, b) = (new List<string> { HostRig.At(1) }, new List<string> { HostRig.At(2) });
        await _rig.RunAsync(Pipelines(new ScriptedInput("a", a), new ScriptedInput("b", b)));
        a.AddRange([HostRig.At(21), HostRig.At(41)]);
        b.AddRange([HostRig.At(22), HostRig.At(42)]);
        var counts = await _rig.RunAsync(Pipelines(new ScriptedInput("a", a), new ScriptedInput("b", b)));
        Assert.Equal(["a@0=2", "a@20=2", "a@40=2"], _other.Events.Select(HostRig.Hits));
        Assert.Equal(0, counts["main"].Late);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_changed_analyzer_begins_anew_and_its_open_windows_are_partial()
    {
        var events = new[] { HostRig.At(1), HostRig.At(2), HostRig.At(3) };
        await StopAsync(_rig, new ScriptedInput("a", events) { PerBatch = 1 }.StuckAt(2), delivered: 2);
        await _rig.RunAsync(Windows(lateness: 1, new ScriptedInput("a", events)), Pipeline.Define("other").To(_other));
        Assert.Equal(["a@0=2 partial", "a@0=1"], _other.Events.Select(HostRig.Hits));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_changed_analyzer_that_comes_back_goes_on_with_its_numbers()
    {
        var events = new List<string> { HostRig.At(1), HostRig.At(2), HostRig.At(13) };
        await StopAsync(_rig, new ScriptedInput("a", events) { PerBatch = 1 }.StuckAt(2), delivered: 2);
        await _rig.RunAsync(Windows(lateness: 1, new ScriptedInput("a", events)), Pipeline.Define("other").To(_other));
        events.AddRange([HostRig.At(24), HostRig.At(35)]);
        await _rig.RunAsync(Pipelines(new ScriptedInput("a", events)));
        Assert.Equal(["a@0=2 partial", "a@10=1", "a@20=1", "a@30=1"], _other.Events.Select(HostRig.Hits));
        Assert.Equal(4, _other.Delivered.Select(d => d.Id).Distinct().Count());
    }

    private PipelineDefinition[] Pipelines(params ScriptedInput[] inputs) => [Windows(lateness: 0, inputs), Pipeline.Define("other").To(_other)];

    private PipelineDefinition Windows(int lateness, params ScriptedInput[] inputs) =>
        Pipeline.Define("main").From(new ScriptedSource(inputs)).Parse(new Json()).Use(HostRig.Window("other", lateness: lateness)).To(_main);

    private async Task StopAsync(HostRig rig, ScriptedInput input, int delivered)
    {
        using var stop = new CancellationTokenSource();
        var run = rig.RunAsync(stop.Token, Pipelines(input));
        while (_main.Events.Count < delivered)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await stop.CancelAsync();
        await run;
    }

    /// <summary>Like a terminal: a read goes on until something is typed, whatever its token says.</summary>
    private sealed class BlockingStream(CancellationTokenSource stop) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            stop.CancelAfter(TimeSpan.Zero);
            return new(new TaskCompletionSource<int>().Task);
        }
    }
}
