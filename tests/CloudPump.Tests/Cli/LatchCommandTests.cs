using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class LatchCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_last_events_of_each_key_can_be_seen_after_the_run()
    {
        var pipeline = _cli.File("readings.yaml", """
            pipeline: readings
            sources: [{stream: readings}]
            processors:
              - parse: json
              - latch: {name: latest, by: [sensor], keep: 2, fields: [at.value, state], shards: 3}
            sink: {"null": {}}
            """);
        var input = _cli.File("in.ndjson", string.Concat(Enumerable.Range(0, 10).Select(i =>
            $$"""{"timestamp":"2026-10-10T12:00:0{{i}}Z","sensor":"s{{i % 2}}","at":{"value":{{i}} } }""" + "\n")));
        var data = Path.Combine(_cli.Folder, "data");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", pipeline, "--input", input, "--data", data));

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("latch", "list", "--data", data));
        Assert.Equal(["readings/latest"], _cli.Lines);
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("latch", "show", "latest", "--data", data, "--where", "sensor == 's1'"));
        Assert.Equal(
            [
                """{"analyzer":"latest","timestamp":"2026-10-10T12:00:07Z","sensor":"s1","event":{"at.value":7}}""",
                """{"analyzer":"latest","timestamp":"2026-10-10T12:00:09Z","sensor":"s1","event":{"at.value":9}}""",
            ],
            _cli.Lines);
    }

    [Fact]
    public async Task A_latch_that_is_not_there_is_told_with_the_one_that_was_meant()
    {
        var pipeline = _cli.File("readings.yaml", """
            pipeline: readings
            sources: [{stream: readings}]
            processors:
              - latch: {name: latest, time: now}
            sink: {"null": {}}
            """);
        var data = Path.Combine(_cli.Folder, "data");
        await _cli.RunAsync("run", pipeline, "--input", _cli.File("in.txt", "x\n"), "--data", data);
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("latch", "show", "readings/lastest", "--data", data));
        Assert.Contains("Did you mean 'readings/latest'?", _cli.Error, StringComparison.Ordinal);
    }
}
