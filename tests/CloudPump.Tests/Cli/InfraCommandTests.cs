using System.Globalization;
using System.Text.Json.Nodes;
using CloudPump.Cli;

namespace CloudPump.Tests.Cli;

public sealed class InfraCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_repository_s_files_are_those_of_its_pipelines()
    {
        var code = await _cli.RunAsync("infra", Repository.Path("functions/pipelines"), "--output", Repository.Path("infra"), "--check");
        Assert.True(code == ExitCode.Done, _cli.Output + "Run: cloudpump infra functions/pipelines");
    }

    [Fact]
    public async Task Hubs_groups_and_subscriptions_come_from_the_pipelines()
    {
        Pipeline("orders", "sources: [{stream: {name: incoming, partitions: 8}}]", "processors: [{route: [{when: 'true', to: audit}]}]");
        Pipeline("copies", "sources: [{stream: incoming}]");
        Pipeline("audit");
        Assert.Equal(ExitCode.Done, await InfraAsync());
        var plan = Json("pipelines.json");
        Assert.Equal("standard", (string?)plan["tier"]);
        var hub = Assert.Single(plan["hubs"]!.AsArray())!;
        Assert.Equal(("incoming", 8), ((string)hub["name"]!, (int)hub["partitions"]!));
        Assert.Equal(["copies", "orders"], hub["consumerGroups"]!.AsArray().Select(g => (string)g!));
        var subscription = Assert.Single(plan["topics"]![0]!["subscriptions"]!.AsArray())!;
        Assert.Equal(("audit", "audit"), ((string)subscription["name"]!, (string)subscription["pipeline"]!));
        var rule = Json("emulators/servicebus.json")["UserConfig"]!["Namespaces"]![0]!["Topics"]![0]!["Subscriptions"]![0]!["Rules"]![0]!;
        Assert.Equal(("pipeline", "audit"), ((string)rule["Name"]!, (string)rule["Properties"]!["CorrelationFilter"]!["Properties"]!["pipeline"]!));
        Assert.Equal(8, (int)Json("emulators/eventhubs.json")["UserConfig"]!["NamespaceConfig"]![0]!["Entities"]![0]!["PartitionCount"]!);
        Assert.True(File.Exists(Path.Combine(_cli.Folder, "local.settings.sample.json")));
    }

    [Fact]
    public async Task Check_writes_nothing_and_tells_what_is_old()
    {
        Pipeline("a", "sources: [{stream: one}]");
        Assert.Equal(ExitCode.Wrong, await InfraAsync("--check"));
        Assert.Equal(4, _cli.Lines.Length);
        Assert.All(_cli.Lines, line => Assert.EndsWith(": missing", line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Out));
        Assert.Equal(ExitCode.Done, await InfraAsync());
        Assert.Equal(ExitCode.Done, await InfraAsync("--check"));
        Pipeline("b", "sources: [{stream: two}]");
        Assert.Equal(ExitCode.Wrong, await InfraAsync("--check"));
        Assert.Equal([Path.Combine(Out, "pipelines.json") + ": out of date", Path.Combine(Out, "emulators", "eventhubs.json") + ": out of date"], _cli.Lines);
    }

    [Fact]
    public async Task What_is_up_to_date_is_not_written_again()
    {
        Pipeline("a", "sources: [{stream: one}]");
        await InfraAsync();
        Assert.Equal(4, _cli.Lines.Length);
        Assert.Equal(ExitCode.Done, await InfraAsync());
        Assert.Empty(_cli.Lines);
    }

    [Theory]
    [InlineData(11, 4, "Event Hubs Standard holds 10 event hubs, and the pipelines need 11: s00, s01,")]
    [InlineData(1, 33, "Event Hubs Standard gives a hub 32 partitions, and 's00' asks for 33.")]
    public async Task What_Standard_cannot_hold_is_refused(int streams, int partitions, string message)
    {
        Streams(streams, partitions);
        Assert.Equal(ExitCode.Wrong, await InfraAsync());
        Assert.StartsWith(message, _cli.Error, StringComparison.Ordinal);
        Assert.Contains("--tier premium", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task More_than_twenty_readers_of_a_stream_are_refused()
    {
        for (var i = 0; i < 21; i++)
        {
            Pipeline($"p{i:00}", "sources: [{stream: one}]");
        }

        Assert.Equal(ExitCode.Wrong, await InfraAsync());
        Assert.StartsWith("Event Hubs Standard gives a hub 20 consumer groups, and 'one' needs 21: p00, p01,", _cli.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(_cli.Folder, "p20.yaml"));
        Assert.Equal(ExitCode.Done, await InfraAsync());
    }

    [Fact]
    public async Task What_only_the_emulator_cannot_hold_says_so_and_can_go_without_it()
    {
        Streams(11, 1);
        Assert.Equal(ExitCode.Wrong, await InfraAsync("--tier", "premium"));
        Assert.StartsWith("the emulator holds 10 event hubs, and the pipelines need 11", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("--no-emulators", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await InfraAsync("--tier", "premium", "--no-emulators"));
        Assert.False(Directory.Exists(Path.Combine(Out, "emulators")));
        Assert.Equal(11, Json("pipelines.json")["hubs"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_tier_is_remembered()
    {
        Streams(11, 1);
        await InfraAsync("--tier", "premium", "--no-emulators");
        Assert.Equal(ExitCode.Done, await InfraAsync("--check", "--no-emulators"));
        Assert.Equal(ExitCode.Wrong, await InfraAsync("--tier", "standard", "--no-emulators"));
    }

    [Fact]
    public async Task Pipelines_without_streams_give_the_emulators_what_they_insist_on()
    {
        Pipeline("a", "sources: [{file: in.ndjson}]");
        Assert.Equal(ExitCode.Done, await InfraAsync());
        Assert.Equal("unused", (string?)Json("emulators/eventhubs.json")["UserConfig"]!["NamespaceConfig"]![0]!["Entities"]![0]!["Name"]);
        Assert.Empty(Json("pipelines.json")["hubs"]!.AsArray());
    }

    [Fact]
    public async Task A_wrong_pipeline_gives_its_mistake_and_no_file()
    {
        _cli.File("wrong.yaml", "pipeline: wrong\nsink: {nowhere: {}}\n");
        Assert.Equal(ExitCode.Wrong, await InfraAsync());
        Assert.Contains("wrong.yaml:2:", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    private string Out => Path.Combine(_cli.Folder, "infra");

    private Task<int> InfraAsync(params string[] more) => _cli.RunAsync(["infra", _cli.Folder, "--output", Out, .. more]);

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Out, file)))!;

    private void Pipeline(string name, params string[] lines) => _cli.File(name + ".yaml", $"pipeline: {name}\n{string.Concat(lines.Select(l => l + "\n"))}sink: {{console: {{}}}}\n");

    private void Streams(int count, int partitions)
    {
        for (var i = 0; i < count; i++)
        {
            Pipeline(string.Create(CultureInfo.InvariantCulture, $"p{i:00}"), $"sources: [{{stream: {{name: s{i:00}, partitions: {partitions}}}}}]");
        }
    }
}
