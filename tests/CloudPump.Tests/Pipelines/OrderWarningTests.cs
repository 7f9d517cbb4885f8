using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Pipelines;

public sealed class OrderWarningTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("topic", true)]
    [InlineData("stream", false)]
    public async Task An_analyzer_behind_a_topic_is_warned_of(string via, bool isWarned)
    {
        _cli.File("from.yaml", $"pipeline: from\nsources: [{{stream: x}}]\nprocessors:\n  - route: [{{to: counts, via: {via}}}]\nsink: {{\"null\": {{}}}}\n");
        _cli.File("counts.yaml", "pipeline: counts\nprocessors:\n  - counter: {name: c, every: 10}\nsink: {\"null\": {}}\n");
        await _cli.RunAsync("check", _cli.Folder);
        Assert.Equal(isWarned, (_cli.Output + _cli.Error).Contains("counts.yaml:3:5: warning: What 'from' routes to 'counts' comes over a topic", StringComparison.Ordinal));
    }
}
