using System.Text.Json.Nodes;
using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class RunCommandTests : IDisposable
{
    private const string Main = """
        pipeline: main
        sources:
          - file: nowhere.ndjson
        processors:
          - parse: json
          - route: [{when: "n == 2", to: other}]
          - filter: "n != 3"
        sink:
          'null': {}
        """;

    private readonly CliRun _cli = new();
    private readonly string _main;
    private readonly string _input;

    public RunCommandTests()
    {
        _main = _cli.File("main.yaml", Main);
        _cli.File("other.yaml", "pipeline: other\nsink:\n  'null': {}\n");
        _input = _cli.File("in.ndjson", "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\nbroken\n{\"n\":4}\n");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Output_to_a_file_is_ndjson_and_the_summary_adds_up()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", _input, "--output", Path("out.ndjson"), "--summary", Path("summary.json")));
        Assert.Equal(["{\"n\":1}", "{\"n\":2}", "{\"n\":4}"], await File.ReadAllLinesAsync(Path("out.ndjson")));
        var summary = JsonNode.Parse(await File.ReadAllTextAsync(Path("summary.json")))!;
        Assert.Equal("""{"received":5,"generated":0,"delivered":3,"filtered":1,"moved":0,"dead":1,"in_flight":0,"late":0}""", summary["pipelines"]!["main"]!.ToJsonString());
        Assert.Equal(1, (long)summary["pipelines"]!["other"]!["delivered"]!);
        Assert.True((double)summary["seconds"]! > 0);
        Assert.True((long)summary["peak_memory_bytes"]! > 0);
        Assert.Equal(5 / (double)summary["seconds"]!, (double)summary["events_per_second"]!, tolerance: 1 + (5 / (double)summary["seconds"]! / 10));
    }

    [Fact]
    public async Task Output_to_standard_output_holds_nothing_but_events()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", _input, "--output", "-"));
        Assert.Equal("{\"n\":1}\n{\"n\":2}\n{\"n\":4}\n", _cli.Bytes);
        Assert.Empty(_cli.Output);
        Assert.Contains("main   received 5  delivered 3  filtered 1  dead 1", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_to_a_folder_has_a_file_for_every_pipeline()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", _input, "--output", Path("out/"), "--summary", "-"));
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path("out/main.ndjson"))).Length);
        Assert.Equal(["{\"n\":2}"], await File.ReadAllLinesAsync(Path("out/other.ndjson")));
        Assert.Equal(1, (int)JsonNode.Parse(Assert.Single(_cli.Lines))!["pipelines"]!["main"]!["dead"]!);
    }

    [Fact]
    public async Task Input_can_be_standard_input()
    {
        _cli.Input = "{\"n\":7}\n{\"n\":8}";
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", "-", "--output", "-"));
        Assert.Equal("{\"n\":7}\n{\"n\":8}\n", _cli.Bytes);
    }

    [Fact]
    public async Task Strict_tells_of_dead_letters_by_its_exit_code()
    {
        Assert.Equal(ExitCode.DeadLetters, await _cli.RunAsync("run", _main, "--input", _input, "--output", "-", "--strict"));
        Assert.Contains("dead letter: file:", _cli.Error, StringComparison.Ordinal);
        _cli.Input = "{\"n\":7}\n";
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", "-", "--output", "-", "--strict"));
    }

    [Fact]
    public async Task A_finished_run_with_data_does_nothing_when_it_is_run_again()
    {
        string[] command = ["run", _main, "--input", _input, "--output", Path("out/"), "--data", Path("data"), "--summary", "-"];
        Assert.Equal(ExitCode.Done, await _cli.RunAsync(command));
        var before = await File.ReadAllTextAsync(Path("out/main.ndjson"));
        Assert.Equal(ExitCode.Done, await _cli.RunAsync(command));
        Assert.Equal(0, (int)JsonNode.Parse(Assert.Single(_cli.Lines))!["pipelines"]!["main"]!["received"]!);
        Assert.Equal(before, await File.ReadAllTextAsync(Path("out/main.ndjson")));
        await File.AppendAllTextAsync(_input, "{\"n\":5}\n");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync(command));
        Assert.Equal(before + "{\"n\":5}\n", await File.ReadAllTextAsync(Path("out/main.ndjson")));
    }

    [Fact]
    public async Task Output_that_the_store_does_not_know_is_overwritten()
    {
        _cli.File("out.ndjson", "something else\n");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("run", _main, "--input", _input, "--output", Path("out.ndjson"), "--data", Path("data")));
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path("out.ndjson"))).Length);
    }

    [Fact]
    public async Task Wrong_usage_and_wrong_definitions_exit_with_1_and_failures_with_2()
    {
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("run"));
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("run", Path("missing.yaml")));
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("run", _main, "--input", Path("missing.log")));
        Assert.Equal(ExitCode.Wrong, await _cli.RunAsync("run", _cli.File("wrong.yaml", "pipeline: wrong\nsink: {fil: x}\n")));
        Assert.Contains("wrong.yaml:2:", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, await _cli.RunAsync("run", _main, "--output", "-"));
        Assert.Contains("nowhere.ndjson", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, await _cli.RunAsync("run", _main, "--input", _input, "--output", Path("in.ndjson/x")));
    }

    private string Path(string name) => System.IO.Path.Combine(_cli.Folder, name);
}
