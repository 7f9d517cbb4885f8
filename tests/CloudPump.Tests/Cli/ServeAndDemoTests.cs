using System.Text.Json.Nodes;
using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class ServeAndDemoTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Serve_takes_what_comes_until_it_is_stopped_and_goes_on_at_the_next_start()
    {
        var clock = new FakeClock();
        using var cli = new CliRun { Time = clock };
        var (input, output) = (cli.File("in.log", "1\n"), Path.Combine(cli.Folder, "out.ndjson"));
        cli.File("main.yaml", $"pipeline: main\nsources:\n  - file: {input}\nsink:\n  file: {output}\n");
        var serve = cli.RunAsync("serve", cli.Folder, "--data", Path.Combine(cli.Folder, "data"));
        await clock.AdvanceUntilAsync(() => serve.IsCompleted || LinesOf(output) == 1, Step);
        await File.AppendAllTextAsync(input, "2\n");
        await clock.AdvanceUntilAsync(() => serve.IsCompleted || LinesOf(output) == 2, Step);
        await cli.Stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await serve);
        await File.AppendAllTextAsync(input, "3\n");

        using var next = new CliRun { Time = clock };
        serve = next.RunAsync("serve", cli.Folder, "--data", Path.Combine(cli.Folder, "data"));
        await clock.AdvanceUntilAsync(() => serve.IsCompleted || LinesOf(output) == 3, Step);
        await next.Stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await serve);
        Assert.Contains("main  received 1  delivered 1", next.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_wants_a_folder_with_pipelines()
    {
        using var cli = new CliRun();
        Assert.Equal(ExitCode.Wrong, await cli.RunAsync("serve", cli.Folder));
        Assert.Contains("no pipeline file", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_demo_add_up()
    {
        // The demo writes beside whoever calls it.
        var folder = Path.GetFullPath("out/demo");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        using var cli = new CliRun();
        Assert.Equal(ExitCode.Done, await cli.RunAsync("demo", "--seconds", "1", "--rate", "2000"));
        var requests = Read("weblogs");
        var windows = Read("traffic");
        Assert.InRange(requests.Count, 1, 2500);
        Assert.Equal(requests.Count(r => (bool)r["is_error"]!), Read("errors").Count);
        Assert.Equal(requests.Count, windows.Sum(w => (long)w["hits"]!));
        Assert.Equal(requests.Sum(r => (long?)r["bytes"] ?? 0), windows.Sum(w => (long?)w["bytes"] ?? 0));
        Assert.Equal(windows.Count, windows.Select(w => $"{w["window_start"]} {w["path"]}").Distinct(StringComparer.Ordinal).Count());

        List<JsonNode> Read(string pipeline) => [.. File.ReadLines(Path.Combine(folder, pipeline + ".ndjson")).Select(l => JsonNode.Parse(l)!)];
    }

    private static int LinesOf(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Count(c => c == '\n');
    }
}
