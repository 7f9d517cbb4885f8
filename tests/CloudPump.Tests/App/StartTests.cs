using System.Text.Json.Nodes;
using CloudPump.App.Hosting;
using CloudPump.App.Triggers;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace CloudPump.Tests.App;

/// <summary>What the app does when it starts: one function per input of a pipeline, or the mistakes of the pipeline files.</summary>
public sealed class StartTests : IDisposable
{
    private const string Weblogs = """
        pipeline: weblogs
        sources:
          - stream: weblogs
          - file: {path: /data/*.log, schedule: "0 */5 * * * *"}
        processors:
          - parse: access_log
          - route:
              - {when: "status >= 500", to: errors}
        sink:
          file: out/weblogs.ndjson
        """;

    private const string Errors = """
        pipeline: errors
        sink:
          file: out/errors.ndjson
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudpump-app");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_input_of_a_pipeline_becomes_a_function_that_copies_its_template()
    {
        var functions = Templates();

        new PipelineFunctions(new AppRig(Weblogs, Errors).Start().Host, Settings()).Transform(functions);

        Assert.Equal(["cloudpump-sweep", "weblogs-weblogs", "errors", "weblogs-schedule", "weblogs-http"], functions.Select(f => f.Name));
        var stream = functions.Single(f => f.Name == "weblogs-weblogs");
        Assert.Equal(("Stream.Entry", "App.dll", "dotnet-isolated"), (stream.EntryPoint, stream.ScriptFile, stream.Language));
        Assert.NotNull(stream.Retry);
        var trigger = Binding(stream);
        Assert.Equal("weblogs", (string?)trigger["eventHubName"]);
        Assert.Equal("weblogs-weblogs", (string?)trigger["consumerGroup"]);
        Assert.Equal("events", (string?)trigger["name"]);
        Assert.Equal("EventHubConnection", (string?)trigger["connection"]);
        Assert.Equal("True", (string?)trigger["properties"]!["supportsDeferredBinding"]);
        Assert.Equal(2, stream.RawBindings!.Count);
        Assert.Equal(("routes", "errors"), ((string?)Binding(functions[2])["topicName"], (string?)Binding(functions[2])["subscriptionName"]));
        Assert.Equal("0 */5 * * * *", (string?)Binding(functions[3])["schedule"]);
        Assert.Equal("ingest/weblogs", (string?)Binding(functions[4])["route"]);
        Assert.Equal(functions.Count, functions.Select(f => f.FunctionId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_paused_function_is_left_out()
    {
        var functions = Templates();

        new PipelineFunctions(new AppRig(Weblogs, Errors).Start().Host, Settings(("CLOUDPUMP_PAUSED", "weblogs-weblogs, errors"))).Transform(functions);

        Assert.Equal(["cloudpump-sweep", "weblogs-schedule", "weblogs-http"], functions.Select(f => f.Name));
    }

    [Fact]
    public void A_wrong_pipeline_file_fails_the_start_with_the_message_of_check()
    {
        var file = Path.Combine(_folder.FullName, "weblogs.yaml");
        File.WriteAllText(file, Weblogs.Replace("access_log", "acess_log", StringComparison.Ordinal));
        new PipelineLoader(AppRig.NewRegistry(), static _ => null).Load([_folder.FullName], out var diagnostics);

        var failure = Assert.Throws<DefinitionException>(() => new PipelineCatalog(Settings(("CLOUDPUMP_PIPELINES", _folder.FullName))));

        Assert.Equal(string.Join('\n', diagnostics.Where(d => !d.IsWarning)), failure.Message);
        Assert.Contains("weblogs.yaml:6:12: error: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("access_log", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void App_settings_fill_the_names_in_pipeline_files_and_empty_ones_count_as_not_set()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.yaml"), """
            pipeline: a
            sources:
              - stream: "${HUB:-clicks}"
              - stream: "${OTHER:-others}"
            sink:
              file: out.ndjson
            """);

        var catalog = new PipelineCatalog(Settings(("CLOUDPUMP_PIPELINES", _folder.FullName), ("HUB", "weblogs"), ("OTHER", "")));

        Assert.Equal(["others", "weblogs"], HostTopology.Of(catalog.Set).Hubs.Select(h => h.Name));
        Assert.Equal("OutputSink", catalog.Set.Pipelines[0].Sink.GetType().Name);
    }

    [Fact]
    public void A_pipeline_that_cannot_run_as_functions_fails_the_start()
    {
        var failure = Assert.Throws<DefinitionException>(() => HostTopology.Of(AppRig.Read(Weblogs.Replace("- file: {path: /data/*.log, schedule: \"0 */5 * * * *\"}", "- stdin: {}", StringComparison.Ordinal), Errors)));

        Assert.Contains("p0.yaml:4:5: error: This source of 'weblogs' cannot run as a function", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "Neither the app setting 'AzureWebJobsStorage' nor 'AzureWebJobsStorage__tableServiceUri' is set; the app needs one of them.")]
    public void A_missing_connection_is_told_by_its_setting(string connection, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Settings().Part(connection, "tableServiceUri")).Message);

    private static AppSettings Settings(params (string Name, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value, StringComparer.Ordinal)).Build());

    private static JsonNode Binding(IFunctionMetadata function) => JsonNode.Parse(function.RawBindings![0])!;

    // As the SDK's generator writes them.
    private static List<IFunctionMetadata> Templates() =>
    [
        Template("template-stream", "Stream.Entry", """{"name":"events","direction":"In","type":"eventHubTrigger","eventHubName":"template","connection":"EventHubConnection","consumerGroup":"template","cardinality":"Many","properties":{"supportsDeferredBinding":"True"}}"""),
        Template("template-topic", "Topic.Entry", """{"name":"messages","direction":"In","type":"serviceBusTrigger","topicName":"template","subscriptionName":"template","connection":"ServiceBusConnection","cardinality":"Many","properties":{"supportsDeferredBinding":"True"}}"""),
        Template("template-schedule", "Schedule.Entry", """{"name":"timer","direction":"In","type":"timerTrigger","schedule":"template","properties":{}}"""),
        Template("template-http", "Ingest.Entry", """{"name":"request","direction":"In","type":"httpTrigger","authLevel":"Function","methods":["post"],"route":"template","properties":{}}"""),
        Template("cloudpump-sweep", "Sweep.Entry", """{"name":"timer","direction":"In","type":"timerTrigger","schedule":"30 * * * * *","properties":{}}"""),
    ];

    private static DefaultFunctionMetadata Template(string name, string entry, string binding) => new()
    {
        Name = name,
        EntryPoint = entry,
        ScriptFile = "App.dll",
        Language = "dotnet-isolated",
        Retry = NSubstitute.Substitute.For<IRetryOptions>(),
        RawBindings = [binding, """{"name":"client","direction":"In","type":"durableClient"}"""],
    };
}
