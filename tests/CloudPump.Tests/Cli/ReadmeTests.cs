using System.Text.RegularExpressions;
using CloudPump.Cli;
using CloudPump.Connectors.Files;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Cli;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));

    [Fact]
    public void The_pipeline_shown_is_right()
    {
        using var cli = new CliRun();
        var blocks = YamlBlock().Matches(Readme).Select(m => m.Groups["yaml"].Value).ToList();
        Assert.NotEmpty(blocks);
        cli.File("slow-regions.yaml", "pipeline: slow-regions\nsink: {console: {}}\n");
        foreach (var block in blocks)
        {
            var loader = new PipelineLoader(new ComponentRegistry(typeof(FileSink).Assembly), name => name == "CLOUDPUMP_HASH_KEY" ? "secret" : null);
            loader.Load([cli.File("readme.yaml", block)], out var diagnostics);
            Assert.Empty(diagnostics);
        }
    }

    [Fact]
    public async Task Every_command_named_exists()
    {
        using var cli = new CliRun();
        var commands = Command().Matches(Readme).Select(m => m.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]).DistinctBy(c => string.Join(' ', c)).ToList();
        Assert.Contains(commands, c => c is ["deadletters", "replay"]);
        foreach (var command in commands)
        {
            Assert.True(await cli.RunAsync([.. command, "--help"]) == ExitCode.Done, $"cloudpump {string.Join(' ', command)}");
            Assert.Contains("Usage:", cli.Output, StringComparison.Ordinal);
            Assert.Contains(command[^1], cli.Output[cli.Output.IndexOf("Usage:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_file_linked_is_there() =>
        Assert.All(Link().Matches(Readme).Select(m => m.Groups["file"].Value).Where(l => !l.Contains("://", StringComparison.Ordinal)), link => Assert.True(Path.Exists(Repository.Path(link)), link));

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("cloudpump (deadletters |geoip )?[a-z]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\((?<file>[^)]+)\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
