using System.Text.Json;

namespace CloudPump.Tests.Cli;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Shop = """
        pipeline: shop
        sources:
          - file: {path: orders.ndjson, max_event: 300}
        processors:
          - parse: json
          - set: {big: "total > 100", at: timestamp(at)}
          - remove: note
          - filter: "total > 0"
          - route:
              - {when: big, to: large}
              - {when: "vip", to: large, mode: move}
          - time_window: {name: sales, size: 1m, time: at, measures: {sum: sum(total)}}
          - anonymize: {user: {mask: {keep_last: 1}}}
        sink:
          file: {path: out.ndjson}
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Shows_what_every_step_changed_and_what_the_sink_gets()
    {
        Assert.Equal(0, await Explain(2));
        Assert.Equal(
            """
            shop, event 2, position 65
              {"total":500,"at":"2026-10-10T13:55:00Z","note":"x","user":"ann"}
            1  parse: json
              + total: 500
              + at: "2026-10-10T13:55:00Z"
              + note: "x"
              + user: "ann"
            2  set: {big: total > 100, at: timestamp(at)}
              ~ at: "2026-10-10T13:55:00Z" (text) -> "2026-10-10T13:55:00Z" (timestamp)
              + big: true
            3  remove: [note]
              - note (was "x")
            4  filter: total > 0
              nothing changes
            5  route: [{when: big, to: large}, {when: vip, to: large, mode: move}]
              -> routed to large; it goes on here too
            6  time_window: {name: sales, time: at, size: 1m, measures: {sum: sum(total)}}
              seen by the analyzer 'sales'
            7  anonymize: {user: {mask: {keep_last: 1}}}
              ~ user: "ann" -> "**n"
            sink  file: out.ndjson
              {"total":500,"at":"2026-10-10T13:55:00Z","user":"**n","big":true}
            """.ReplaceLineEndings("\n"),
            string.Join('\n', _cli.Lines));
    }

    [Theory]
    [InlineData(1, "filtered", "=> filtered out: the condition does not hold")]
    [InlineData(3, "moved", "=> moved: it leaves this pipeline")]
    [InlineData(4, "dead", "=> dead letter: The event is not valid JSON")]
    [InlineData(5, "delivered", "late: the analyzer 'sales' sets it aside; it goes on here")]
    [InlineData(6, "dead", "=> dead letter: 'big' cannot be set to 'total > 100':")]
    [InlineData(7, "dead", "=> dead letter: The line is")]
    public async Task Says_where_an_event_went_and_why(int number, string outcome, string text)
    {
        Assert.Equal(0, await Explain(number));
        Assert.Contains(_cli.Lines, l => l.StartsWith("  " + text, StringComparison.Ordinal));
        Assert.Equal(outcome == "delivered", !_cli.Lines.Contains("The sink gets nothing."));
        Assert.Equal(0, await Explain(number, "--json"));
        Assert.Equal(outcome, JsonElement.Parse(_cli.Output).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Json_has_every_step_with_old_and_new_values()
    {
        Assert.Equal(0, await Explain(2, "--json"));
        var explanation = JsonElement.Parse(_cli.Output);
        var steps = explanation.GetProperty("steps");
        Assert.Equal(7, steps.GetArrayLength());
        Assert.Equal(500, steps[0].GetProperty("added").GetProperty("total").GetInt32());
        Assert.Equal("x", steps[2].GetProperty("removed").GetProperty("note").GetString());
        Assert.Equal("large", steps[4].GetProperty("routed")[0].GetString());
        Assert.Equal("**n", steps[6].GetProperty("changed").GetProperty("user").GetProperty("to").GetString());
        Assert.Equal("ann", steps[6].GetProperty("changed").GetProperty("user").GetProperty("from").GetString());
        Assert.True(explanation.GetProperty("delivered")[0].GetProperty("big").GetBoolean());
    }

    [Fact]
    public async Task An_event_beyond_the_input_is_wrong_usage()
    {
        Assert.Equal(1, await Explain(8));
        Assert.Contains("has only 7 event(s); --event takes 1 to 7.", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(1, await Explain(0));
        Assert.Equal(1, await _cli.RunAsync("explain", _cli.File("s.yaml", "pipeline: s\nsink: console\n"), "--input", "/nowhere/at/all"));
        Assert.Contains("There is no file '/nowhere/at/all'.", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_deep_in_a_large_input_is_found()
    {
        var input = Path.Combine(_cli.Folder, "web.log");
        await _cli.RunAsync("generate", "weblogs", "--count", "3000", "--output", input);
        Assert.Equal(0, await _cli.RunAsync("explain", Repository.Path("functions/pipelines/weblogs.yaml"), "--input", input, "--event", "2500"));
        Assert.Equal("  " + (await File.ReadAllLinesAsync(input))[2499], _cli.Lines[1]);
    }

    private Task<int> Explain(int number, params string[] more)
    {
        _cli.File("large.yaml", "pipeline: large\nsink:\n  'null': {}\n");
        var input = _cli.File("in.ndjson", string.Join(
            '\n',
            """{"total":0,"at":"2026-10-10T13:55:00Z","note":"x","user":"ann"} """,
            """{"total":500,"at":"2026-10-10T13:55:00Z","note":"x","user":"ann"}""",
            """{"total":5,"at":"2026-10-10T13:56:00Z","vip":true}""",
            """{"total":""",
            """{"total":5,"at":"2026-10-10T13:54:59Z"}""",
            """{"at":"2026-10-10T13:55:00Z"}""",
            new string('x', 400)));
        return _cli.RunAsync(["explain", _cli.File("shop.yaml", Shop), "--input", input, "--event", $"{number}", .. more]);
    }
}
