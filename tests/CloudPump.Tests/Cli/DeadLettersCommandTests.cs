using System.Text.Json.Nodes;
using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class DeadLettersCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task List_and_show_tell_where_why_and_what()
    {
        await RunAsync("n + 1");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "list", "--data", Data, "--json"));
        var letters = _cli.Lines.Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(["json", "set"], letters.Select(l => (string)l["processor"]!).Order(StringComparer.Ordinal));
        var set = letters.Single(l => (string)l["processor"]! == "set");
        Assert.Equal(("""{"n":"x"}""", """{"n":"x"}""", 1, false), ((string)set["raw"]!, set["fields"]!.ToJsonString(), (int)set["step"]!, (bool)set["queued"]!));
        Assert.Equal(8, (int)set["offset"]!);
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "show", $"{set["id"]}", "--data", Data, "--raw"));
        Assert.Equal("""{"n":"x"}""", _cli.Bytes);
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "show", $"{set["id"]}", "--data", Data));
        Assert.Contains("processor  set", _cli.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "list", "--data", Data, "--pipeline", "other"));
        Assert.Empty(_cli.Lines);
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("deadletters", "show", "99", "--data", Data));
        Assert.Equal(ExitCode.Failed, await _cli.RunAsync("deadletters", "list", "--data", Data + "x"));
    }

    [Fact]
    public async Task Replay_goes_on_with_the_mended_file_into_the_same_output()
    {
        await RunAsync("n + 1");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "replay", "--data", Data));
        Assert.Equal(2, await CountAsync());
        _cli.File("main.yaml", Pipeline("string(n) + '!'"));
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "replay", "--data", Data));
        Assert.Equal(1, await CountAsync());
        Assert.Equal(["""{"n":1,"m":2}""", """{"n":3,"m":4}""", """{"n":"x","m":"x!"}"""], await File.ReadAllLinesAsync(Path.Combine(_cli.Folder, "out/main.ndjson")));
    }

    [Fact]
    public async Task Purge_deletes_one_or_all()
    {
        await RunAsync("n + 1");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "purge", "1", "--data", Data));
        Assert.Equal(1, await CountAsync());
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "purge", "--data", Data));
        Assert.Equal(0, await CountAsync());
    }

    private string Data => Path.Combine(_cli.Folder, "data");

    private static string Pipeline(string expression) => $$"""
        pipeline: main
        processors:
          - parse: json
          - set: {m: "{{expression}}" }
        sink:
          console: {}
        """;

    private async Task RunAsync(string expression)
    {
        var (file, input) = (_cli.File("main.yaml", Pipeline(expression)), _cli.File("in.ndjson", "{\"n\":1}\n{\"n\":\"x\"}\nbroken\n{\"n\":3}\n"));
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", file, "--input", input, "--output", Path.Combine(_cli.Folder, "out/"), "--data", Data));
    }

    private async Task<int> CountAsync()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("deadletters", "list", "--data", Data, "--json"));
        return _cli.Lines.Length;
    }
}
