using System.Text;
using CloudPump.Embedded;
using CloudPump.Events;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class ReplayTests : IDisposable
{
    private readonly HostRig _rig = new();
    private readonly RecordingSink _main = new();
    private readonly RecordingSink _errors = new();
    private readonly RecordingSink _results = new();

    public void Dispose() => _rig.Dispose();

    [Fact(Timeout = HostRig.Patience)]
    public async Task After_a_fix_the_event_resumes_at_the_processor_that_failed_under_its_old_id()
    {
        var input = new ScriptedInput("a", Event(1, "1"), Event(2, "'x'"), Event(3, "3"));
        await _rig.RunAsync(Pipelines("n + 1", input));
        var letter = Assert.Single(_rig.DeadLetters());
        Assert.Equal(3, _errors.Events.Count);
        await ReplayAsync("size(n) + 1");
        Assert.Empty(_rig.DeadLetters());

        // The steps before it are not applied twice.
        Assert.Equal(3, _errors.Events.Count);
        Assert.Equal(["a@0=3"], _results.Events.Select(HostRig.Hits));
        Assert.Equal(letter.Letter.Id, _main.Delivered[^1].Id);
        Assert.EndsWith("\"m\":2}", _main.Events[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_replay_that_fails_again_is_a_new_dead_letter_with_its_bytes_and_the_old_one_is_gone()
    {
        await _rig.RunAsync(Pipelines("n + 1", new ScriptedInput("a", Event(2, "'x'"))));
        var old = Assert.Single(_rig.DeadLetters());
        await ReplayAsync("n + 2");
        var letter = Assert.Single(_rig.DeadLetters());
        Assert.NotEqual(old.Id, letter.Id);
        Assert.False(letter.Queued);
        Assert.Equal((old.Letter.Id, old.Letter.Step, Text(old)), (letter.Letter.Id, letter.Letter.Step, Text(letter)));
        Assert.Contains("n + 2", letter.Letter.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task What_a_parser_refused_is_parsed_from_its_bytes()
    {
        var input = new ScriptedInput("a", "just text", """{"n":1}""");
        await _rig.RunAsync(Pipeline.Define("main").From(new ScriptedSource(input)).Parse(new Json()).To(_main));
        _rig.Queue();
        _rig.ReplayOnly = true;
        await _rig.RunAsync(Pipeline.Define("main").To(_main));
        Assert.Equal(["""{"n":1}""", """{"message":"just text"}"""], _main.Events);
        Assert.Equal(0, _main.Delivered[1].Id.Offset);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task An_event_without_fields_stays_parsed()
    {
        await _rig.RunAsync(Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", "{}"))).Parse(new Json()).Filter("1 / (meta.partition - meta.partition) == 0").To(_main));
        _rig.Queue();
        await _rig.RunAsync(Pipeline.Define("main").Parse(new Json()).Filter("true").To(_main));
        Assert.Equal(["{}"], _main.Events);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task What_a_sink_refused_resumes_at_the_sink_also_when_it_is_another()
    {
        var refusing = new RecordingSink { Writing = b => { foreach (var row in b.Rows) { b.Fail(row, "no"); } } };
        PipelineBuilder Routed(params string[] events) => Pipeline.Define("main").From(new ScriptedSource(new ScriptedInput("a", events))).Parse(new Json()).Route("true", "errors");
        await _rig.RunAsync(Routed("""{"n":1}""").To(refusing), Pipeline.Define("errors").To(_errors));
        _rig.Queue();
        var path = Path.Combine(_rig.Folder, "out.ndjson");
        await _rig.RunAsync(Routed("""{"n":1}""").To(new CloudPump.Connectors.Files.FileSink { Path = path }), Pipeline.Define("errors").To(_errors));
        Assert.Equal(["""{"n":1}"""], await File.ReadAllLinesAsync(path));
        Assert.Single(_errors.Events);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Replayed_events_are_not_late_by_each_other_and_hold_no_time_back()
    {
        var events = new[] { """{"t":7,"k":"a"}""", """{"t":3,"k":"a"}""", HostRig.At(1) };
        PipelineBuilder Timed(string time, ScriptedInput input) =>
            Pipeline.Define("main").From(new ScriptedSource(input)).Parse(new Json()).Set("t", time).Use(HostRig.Window("results"));
        await StopAsync(Timed("timestamp(t + '')", new ScriptedInput("a", events) { PerBatch = 3 }.StuckAt(3)));
        Assert.Equal(2, _rig.DeadLetters().Count);
        _rig.Queue();
        var mended = Timed("type(t) == int ? timestamp('2026-10-10T12:00:0' + string(t) + 'Z') : timestamp(t)", new ScriptedInput("a", [.. events, HostRig.At(12)])).To(_main);
        _rig.ReplayOnly = true;
        Assert.Equal(0, (await _rig.RunAsync(mended, Pipeline.Define("results").To(_results)))["main"].Late);
        Assert.Empty(_results.Events);
        _rig.ReplayOnly = false;
        Assert.Equal(0, (await _rig.RunAsync(mended, Pipeline.Define("results").To(_results)))["main"].Late);
        Assert.Equal(["a@0=3", "a@10=1"], _results.Events.Select(HostRig.Hits));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_replay_after_a_stopped_run_leaves_its_windows_open()
    {
        var events = new[] { Event(1, "1"), Event(2, "'x'"), Event(3, "3"), Event(4, "4") };
        await StopAsync(Windowed("n + 1").From(new ScriptedSource(new ScriptedInput("a", events).StuckAt(2))));
        await ReplayAsync("size(n) + 1");
        Assert.Empty(_results.Events);
        var counts = await _rig.RunAsync(Pipelines("size(n) + 1", new ScriptedInput("a", events)));
        Assert.Equal(["a@0=4"], _results.Events.Select(HostRig.Hits));
        Assert.Equal(2, counts["main"].Dead);
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_replay_after_a_stopped_run_leaves_the_windows_of_the_pipelines_behind_open_too()
    {
        PipelineDefinition[] Both(string expression, ScriptedInput input) =>
        [
            Pipeline.Define("main").From(new ScriptedSource(input)).Parse(new Json()).Set("m", expression).Route("true", "errors").To(_main),
            Pipeline.Define("errors").Use(HostRig.Window("results")).To(_errors),
            Pipeline.Define("results").To(_results),
        ];
        var events = new[] { Event(1, "1"), Event(2, "'x'"), Event(3, "3") };
        using (var stop = new CancellationTokenSource())
        {
            _errors.Writing = _ => stop.Cancel();
            await _rig.RunAsync(stop.Token, Both("n + 1", new ScriptedInput("a", events).StuckAt(2)));
            _errors.Writing = static _ => { };
        }

        _rig.Queue();
        _rig.ReplayOnly = true;
        await _rig.RunAsync(Both("size(n)", new ScriptedInput("gone")));
        _rig.ReplayOnly = false;
        Assert.Equal((2, 0), (_errors.Events.Count, _results.Events.Count));
        await _rig.RunAsync(Both("n + 1", new ScriptedInput("a", events)));
        Assert.Equal(["a@0=3"], _results.Events.Select(HostRig.Hits));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task A_letter_queued_while_others_are_replayed_is_replayed_too()
    {
        await _rig.RunAsync(Pipelines("n + 1", new ScriptedInput("a", Event(1, "'x'"), Event(2, "'y'"), Event(3, "'z'"))));
        var ids = _rig.DeadLetters().Select(d => d.Id).ToList();
        _rig.Queue(ids[2]);
        var sink = new RecordingSink { Writing = _ => _rig.Queue(ids[0]) };
        _rig.ReplayOnly = true;
        await _rig.RunAsync(Windowed("'fixed'").To(sink), Pipeline.Define("errors").To(_errors), Pipeline.Define("results").To(_results));
        Assert.Equal([2L, 0L], sink.Delivered.Select(d => d.Id.Offset));
        Assert.Equal([ids[1]], _rig.DeadLetters().Select(d => d.Id));
    }

    [Fact(Timeout = HostRig.Patience)]
    public async Task Purged_letters_are_not_replayed()
    {
        await _rig.RunAsync(Pipelines("n + 1", new ScriptedInput("a", Event(1, "'x'"), Event(2, "'y'"))));
        _rig.Queue();
        using (var store = EmbeddedStore.Open(_rig.Data))
        {
            Assert.Equal(["main"], store.QueuedForReplay());
            Assert.Equal(1, store.Purge("main", store.DeadLetters()[0].Id));
            Assert.Equal(0, store.Purge("other", null));
        }

        await ReplayAsync("'fixed'", queue: false);
        Assert.Equal([1L], _main.Delivered.Select(d => d.Id.Offset));
    }

    private static string Event(int second, string n) => HostRig.At(second)[..^1] + $$""","n":{{n.Replace('\'', '"')}}}""";

    private static string Text(StoredDeadLetter letter) => Encoding.UTF8.GetString(letter.Letter.Raw!);

    private PipelineDefinition[] Pipelines(string expression, ScriptedInput input) =>
        [Windowed(expression).From(new ScriptedSource(input)).To(_main), Pipeline.Define("errors").To(_errors), Pipeline.Define("results").To(_results)];

    private static PipelineBuilder Windowed(string expression) =>
        Pipeline.Define("main").Parse(new Json()).Use(HostRig.Window("results")).Route("true", "errors").Set("m", expression);

    private async Task ReplayAsync(string expression, bool queue = true)
    {
        if (queue)
        {
            _rig.Queue();
        }

        _rig.ReplayOnly = true;
        await _rig.RunAsync(Pipelines(expression, new ScriptedInput("gone")));
        _rig.ReplayOnly = false;
    }

    private async Task StopAsync(PipelineBuilder main)
    {
        using var stop = new CancellationTokenSource();
        _main.Writing = _ => stop.Cancel();
        await _rig.RunAsync(stop.Token, main.To(_main), Pipeline.Define("errors").To(_errors), Pipeline.Define("results").To(_results));
        _main.Writing = static _ => { };
    }
}
