namespace CloudPump.Tests.Cli;

public sealed class TestCommandTests : IDisposable
{
    private const string Head = """
        pipeline: shop
        sources:
          - file: orders.ndjson
        processors:
          - parse: json
          - filter: "total > 0"
          - route:
              - {when: "total > 100", to: big, via: stream}
              - {when: "vip", to: big, mode: move}
          - time_window: {name: sales, size: 1m, time: timestamp(at), measures: {sum: sum(total)}}
        sink:
          'null': {}
        tests:
          - name: it works
            given: [GIVEN]

        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_sample_pipelines_pass()
    {
        Assert.Equal(0, await _cli.RunAsync("test", Repository.Path("functions/pipelines")));
        Assert.Contains("ok weblogs: an error is routed", _cli.Lines);
        Assert.EndsWith(" passed, 0 failed", _cli.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expect: [{total: 5, user.name: ann, tags: [a, 2.0], left: null}]")]
    [InlineData("expect: [{total: 5.0}]")]
    [InlineData("expect: [{user: {name: ann}}]")]
    [InlineData("routed: {}")]
    [InlineData("findings: {findings: [{analyzer: sales, window_start: \"2026-10-10T13:55:00Z\", sum: 5}]}")]
    public Task Passes_when_everything_is_as_expected(string expectation) => AssertPasses(Order(5), expectation);

    [Fact]
    public async Task Counts_what_is_filtered_routed_moved_and_dead()
    {
        await AssertPasses(Order(0), "expect: []");
        await AssertPasses(Order(500), "routed: {big: 1}");
        await AssertPasses(Order(500, vip: true), "expect: []\n    routed: {big: 2}");
        await AssertPasses("'{\"total\":'", "dead: 1");
    }

    [Theory]
    [InlineData("expect: [{total: 6}]", "  event 1, field 'total': expected 6, got 5")]
    [InlineData("expect: [{user: {name: bob}}]", """  event 1, field 'user': expected {"name":"bob"}, got {"name":"ann"}""")]
    [InlineData("expect: [{user.age: 3}]", "  event 1, field 'user.age': expected 3, got no such field")]
    [InlineData("expect: []", "  delivered events: expected 0, got 1")]
    [InlineData("expect: [{total: 5}, {total: 7}]", """  event 2 is missing: expected {"total":7}""")]
    [InlineData("routed: {big: 1}", "  routed to 'big': expected 1, got 0")]
    [InlineData("dead: 2", "  dead letters: expected 2, got 0")]
    [InlineData("findings: {findings: []}", "  findings for 'findings': expected 0, got 1")]
    public async Task Says_what_is_different(string expectation, string difference)
    {
        var file = Pipeline(Order(5), expectation);
        Assert.Equal(1, await _cli.RunAsync("test", file));
        Assert.Equal($"FAILED shop: it works ({file}:14:5)", _cli.Lines[0]);
        Assert.Contains(difference, _cli.Lines);
        Assert.Equal("0 passed, 1 failed", _cli.Lines[^1]);
    }

    [Fact]
    public async Task A_dead_letter_that_nobody_expects_fails_with_its_reason()
    {
        Assert.Equal(1, await _cli.RunAsync("test", Pipeline("'{\"total\":'", "expect: []")));
        Assert.Contains("  dead letters: expected 0, got 1", _cli.Lines);
        Assert.Contains(_cli.Lines, l => l.StartsWith("  dead letter: json: The event is not valid JSON", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_definitions_are_reported_as_check_does()
    {
        var file = _cli.File("a.yaml", "pipeline: a\nsinc: console\n");
        Assert.Equal(1, await _cli.RunAsync("test", file));
        Assert.Contains($"{file}:2:1: error: A pipeline has no part 'sinc'. Did you mean 'sink'?", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_may_hold_the_reference_and_connections()
    {
        _cli.File("REFERENCE.md", "# No pipeline: at all");
        _cli.File("connections.yaml", "web: {http: {url: 'https://example.org/'}}");
        Pipeline(Order(5), "routed: {}");
        Assert.Equal(0, await _cli.RunAsync("test", _cli.Folder));
    }

    private static string Order(int total, bool vip = false) =>
        "{total: " + total + ", at: '2026-10-10T13:55:36Z', vip: " + (vip ? "true" : "false") + ", user: {name: ann}, tags: [a, 2]}";

    private async Task AssertPasses(string given, string expectation)
    {
        var code = await _cli.RunAsync("test", Pipeline(given, expectation));
        Assert.True(code == 0, _cli.Output + _cli.Error);
        Assert.Equal(["ok shop: it works", "1 passed, 0 failed"], _cli.Lines);
    }

    private string Pipeline(string given, string expectation)
    {
        _cli.File("big.yaml", "pipeline: big\nsink:\n  'null': {}\n");
        return _cli.File("shop.yaml", Head.Replace("GIVEN", given, StringComparison.Ordinal) + "    " + expectation + "\n");
    }
}
