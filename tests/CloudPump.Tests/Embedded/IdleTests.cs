using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class IdleTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly HostRig _rig;
    private readonly RecordingSink _other = new();

    public IdleTests() => _rig = new HostRig { Time = _clock, Follow = true };

    public void Dispose() => _rig.Dispose();

    [Fact(Timeout = HostRig.Patience)]
    public async Task Windows_close_when_all_partitions_are_idle_and_what_comes_afterwards_is_late()
    {
        var (a, b) = (new ScriptedInput("a", HostRig.At(1), HostRig.At(5), HostRig.At(15)), new ScriptedInput("b", HostRig.At(2)).StuckAt(1));
        var (gate, end) = (a.GateAt(1), a.GateAt(3));
        var sink = new RecordingSink();
        using var stop = new CancellationTokenSource();
        var started = _clock.GetUtcNow();
        var run = _rig.RunAsync(stop.Token, Windows(a, b).To(sink), Pipeline.Define("other").To(_other));
        await _clock.AdvanceUntilAsync(() => _other.Events.Count > 0, TimeSpan.FromSeconds(1));
        Assert.InRange(_clock.GetUtcNow() - started, TimeSpan.FromMinutes(1), TimeSpan.MaxValue);
        gate.SetResult();
        await _clock.AdvanceUntilAsync(() => _other.Events.Count > 1, TimeSpan.FromSeconds(1));
        end.SetResult();
        await stop.CancelAsync();
        var counts = await run;
        Assert.Equal(["a@0=2", "a@10=1"], _other.Events.Select(HostRig.Hits));
        Assert.Equal((4, 1), (counts["main"].Delivered, counts["main"].Late));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task An_idle_partition_holds_a_busy_one_back_only_for_a_while()
    {
        var (a, b) = (new ScriptedInput("a", HostRig.At(1), HostRig.At(11)).StuckAt(2), new ScriptedInput("b", HostRig.At(2), HostRig.At(3)));
        var late = b.GateAt(1);
        using var stop = new CancellationTokenSource();
        var run = _rig.RunAsync(stop.Token, Windows(a, b).To(new RecordingSink()), Pipeline.Define("other").To(_other));
        await _clock.AdvanceUntilAsync(() => _other.Events.Count > 0, TimeSpan.FromSeconds(1));
        Assert.Equal("a@0=2", HostRig.Hits(_other.Events[0]));
        late.SetResult();
        await _clock.AdvanceUntilAsync(() => run.IsCompleted || b.Committed.Contains(2), TimeSpan.FromMilliseconds(1));
        await stop.CancelAsync();
        Assert.Equal(1, (await run)["main"].Late);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_partition_that_waits_for_a_slow_sink_is_not_idle()
    {
        var a = new ScriptedInput("a", HostRig.At(1), HostRig.At(5), HostRig.At(12)) { PerBatch = 1 };
        var sink = new RecordingSink { Writing = _ => _clock.Advance(TimeSpan.FromMinutes(5)) };
        using var stop = new CancellationTokenSource();
        var run = _rig.RunAsync(stop.Token, Windows(a).To(sink), Pipeline.Define("other").To(_other));
        await _clock.AdvanceUntilAsync(() => _other.Events.Count == 2, TimeSpan.FromMilliseconds(1));
        await stop.CancelAsync();
        Assert.Equal(0, (await run)["main"].Late);
        Assert.Equal(["a@0=2", "a@10=1"], _other.Events.Select(HostRig.Hits));
    }

    private static PipelineBuilder Windows(params ScriptedInput[] inputs) =>
        Pipeline.Define("main").From(new ScriptedSource(inputs)).Parse(new Json()).Use(HostRig.Window("other"));
}
