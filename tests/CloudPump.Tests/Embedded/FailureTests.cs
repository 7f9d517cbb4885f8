using CloudPump.Embedded;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class FailureTests : IDisposable
{
    private readonly HostRig _rig = new() { Time = new FakeClock() };
    private readonly RecordingSink _other = new();

    public void Dispose() => _rig.Dispose();

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_sink_that_fails_for_a_while_is_tried_again_and_nothing_is_lost_or_doubled()
    {
        var (write, flush) = (RecordingSink.FailFirst(2), RecordingSink.FailFirst(3));
        var sink = new RecordingSink { Writing = _ => write(), Flushing = flush };
        var counts = await _rig.RunAsync(Numbers().Route("true", "other").To(sink), Pipeline.Define("other").To(_other));
        Assert.Equal(Texts(6), sink.Events);
        Assert.Equal(Texts(6), _other.Events);
        Assert.Equal(6, counts["main"].Delivered);
        Assert.Equal(5, _rig.Warnings.Count(w => w.Contains("The sink is away. Trying again.", StringComparison.Ordinal)));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task The_timeout_of_a_sink_is_a_failure_like_others_and_no_stop()
    {
        var attempts = 0;
        var sink = new RecordingSink { Writing = _ => { if (attempts++ == 0) { throw new TaskCanceledException("timeout"); } } };
        await _rig.RunAsync(Numbers().To(sink));
        Assert.Equal(Texts(6), sink.Events);
    }

    [Theory(Timeout = HostRig.Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sink_that_fails_for_ever_fails_the_run_and_the_next_run_delivers_everything_once(bool inWrite)
    {
        var broken = true;
        void Fail(long first)
        {
            if (broken && first >= 2)
            {
                throw new IOException("no");
            }
        }

        var (last, sink) = (0L, (RecordingSink?)null);
        sink = new RecordingSink
        {
            Writing = batch => Fail(inWrite ? last = batch.Header(batch.Rows[0]).Offset : (last = batch.Header(batch.Rows[0]).Offset) * 0),
            Flushing = () => Fail(inWrite ? 0 : last),
        };
        var pipelines = new[] { Numbers().Route("true", "other").To(sink), Pipeline.Define("other").To(_other) };
        var failure = await Assert.ThrowsAsync<PipelineFailedException>(() => _rig.RunAsync(pipelines));
        Assert.Equal(("main", "no"), (failure.Pipeline, failure.InnerException!.Message));
        Assert.Equal(3, _rig.Warnings.Count);
        broken = false;
        await _rig.RunAsync(pipelines);
        Assert.Equal(Texts(6), sink.Events);
        Assert.Equal(Texts(6), _other.Events);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Who_is_stopped_gives_a_dead_sink_up_though_it_would_follow_for_ever()
    {
        using var rig = new HostRig { Time = new FakeClock(), Follow = true, ClockStep = TimeSpan.FromSeconds(5) };
        using var stop = new CancellationTokenSource();
        var attempts = 0;
        var sink = new RecordingSink
        {
            Writing = _ =>
            {
                if (++attempts == 6)
                {
                    stop.Cancel();
                }

                throw new IOException("away");
            },
        };
        await Assert.ThrowsAsync<PipelineFailedException>(() => rig.RunAsync(stop.Token, Numbers().To(sink)));
        Assert.Equal(6, attempts);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_source_that_throws_fails_the_run_and_the_others_stop()
    {
        var broken = true;
        var input = new ScriptedInput("a", Texts(6))
        {
            Before = position =>
            {
                if (broken && position == 4)
                {
                    throw new IOException("cut");
                }
            },
        };
        var sink = new RecordingSink();
        var main = Pipeline.Define("main").From(new ScriptedSource(input)).To(sink);
        var endless = Pipeline.Define("endless").From(new ScriptedSource(new ScriptedInput("b", "1").StuckAt(1))).To(_other);
        Assert.Equal("main", (await Assert.ThrowsAsync<PipelineFailedException>(() => _rig.RunAsync(endless, main))).Pipeline);
        Assert.Equal(4, sink.Events.Count);
        broken = false;
        await _rig.RunAsync(main);
        Assert.Equal(6, sink.Events.Count);
        Assert.Empty(_rig.Warnings);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_pipeline_that_cannot_be_opened_fails_under_its_name_and_holds_nothing()
    {
        var path = Path.Combine(_rig.Folder, "in.ndjson");
        var pipelines = new[]
        {
            Numbers().To(new CloudPump.Connectors.Files.FileSink { Path = Path.Combine(_rig.Folder, "out.ndjson") }),
            Pipeline.Define("second").From(new CloudPump.Connectors.Files.FileSource { Path = path }).To(_other),
        };
        Assert.Equal("second", (await Assert.ThrowsAsync<PipelineFailedException>(() => _rig.RunAsync(pipelines))).Pipeline);
        await File.WriteAllTextAsync(path, "x\n");
        await _rig.RunAsync(pipelines);
        Assert.Single(_other.Events);
        Assert.Equal(6, File.ReadAllLines(Path.Combine(_rig.Folder, "out.ndjson")).Length);
    }

    private static string[] Texts(int count) => [.. Enumerable.Range(0, count).Select(n => $$"""{"n":{{n}}}""")];

    private static PipelineBuilder Numbers() => Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", Texts(6)))).Parse(new Json());
}
