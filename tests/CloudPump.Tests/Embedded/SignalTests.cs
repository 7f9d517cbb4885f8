using CloudPump.Analyzers;
using CloudPump.Parsers;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

public sealed class SignalTests : IDisposable
{
    private readonly HostRig _rig = new();
    private readonly RecordingSink _results = new();

    public void Dispose() => _rig.Dispose();

    [Fact(Timeout = HostRig.Patience)]
    public async Task An_event_of_another_pipeline_has_the_open_windows_told_early_and_travels_without_its_fields()
    {
        var (events, alarms) = (new ScriptedInput("a", HostRig.At(1), HostRig.At(5), HostRig.At(15)), new ScriptedInput("b", """{"secret":1}"""));
        var (rest, alarm) = (events.GateAt(2), alarms.GateAt(0));
        var window = HostRig.Window("results");
        window.Early = new EarlyOption { On = "alarms" };
        var run = _rig.RunAsync(
            Pipeline.Define("main").From(new ScriptedSource([events])).Parse(new Json()).Use(window).To(new RecordingSink()),
            Pipeline.Define("alarms").From(new ScriptedSource([alarms])).Parse(new Json()).To(new RecordingSink()),
            Pipeline.Define("results").To(_results));
        await Until(() => events.Committed.Contains(2));
        alarm.SetResult();
        await Until(() => _results.Events.Count > 0);
        rest.SetResult();
        var counts = await run;
        Assert.Equal(["a@0=2", "a@0=2", "a@10=1"], _results.Events.Select(HostRig.Hits));
        Assert.Equal([true, false, false], _results.Events.Select(e => e.Contains("\"early\":true", StringComparison.Ordinal)));
        Assert.DoesNotContain(_results.Events, e => e.Contains("secret", StringComparison.Ordinal));
        Assert.Equal((4, 3, 1), (counts["main"].Received, counts["main"].Delivered, counts["main"].Filtered));
    }

    [Fact]
    public async Task Pipelines_that_wait_for_each_other_and_pipelines_that_are_not_there_are_refused()
    {
        using var cli = new Cli.CliRun();
        const string Window = "time_window: {name: w, size: 1m, measures: {n: count()}, to: alarms, early: {on: ON}}";
        cli.File("alarms.yaml", "pipeline: alarms\nsink: {\"null\": {}}\n");
        var main = cli.File("main.yaml", $"pipeline: main\nsources: [{{stream: x}}]\nprocessors:\n  - {Window.Replace("ON", "alarms", StringComparison.Ordinal)}\nsink: {{\"null\": {{}}}}\n");
        var other = cli.File("other.yaml", $"pipeline: other\nsources: [{{stream: x}}]\nprocessors:\n  - {Window.Replace("ON", "alarm", StringComparison.Ordinal)}\nsink: {{\"null\": {{}}}}\n");
        await cli.RunAsync("check", main);
        Assert.Contains("main -> alarms -> main", cli.Output + cli.Error, StringComparison.Ordinal);
        await cli.RunAsync("check", other);
        Assert.Contains("other.yaml:4:86: error: There is no pipeline 'alarm' beside this one. Did you mean 'alarms'?", cli.Output + cli.Error, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
