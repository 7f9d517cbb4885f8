using System.Text.Json.Nodes;
using CloudPump.App.Hosting;
using CloudPump.App.Messaging;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Hosting.Invocations;
using CloudPump.Tests.Cli;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudPump.Tests.App.Real;

/// <summary>The app as Program.cs puts it together, with all of its clients; nothing is connected to.</summary>
public class HostTests
{
    // As the infrastructure sets them: double underscores have become colons when the configuration was read.
    private static readonly Dictionary<string, string?> Identity = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage:blobServiceUri"] = "https://account.blob.example.org",
        ["AzureWebJobsStorage:tableServiceUri"] = "https://account.table.example.org",
        ["EventHubConnection:fullyQualifiedNamespace"] = "events.example.org",
        ["ServiceBusConnection:fullyQualifiedNamespace"] = "bus.example.org",
        ["AZURE_CLIENT_ID"] = "00000000-0000-0000-0000-000000000001",
    };

    private static readonly string[] Functions = [.. typeof(AppSettings).Assembly.GetTypes().Where(t => t.GetMethods().Any(m => m.IsDefined(typeof(FunctionAttribute), inherit: false))).Select(t => t.FullName!)];

    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Everything_that_the_functions_need_can_be_made(bool byIdentity)
    {
        using var host = Build(byIdentity ? Identity : Sample());

        Assert.NotNull(host.Services.GetRequiredService<InvocationHost>());
        Assert.IsType<CloudPump.App.Elasticsearch.ElasticBulkTransportFactory>(host.Services.GetRequiredService<IBulkTransportFactory>());
        await using var producer = host.Services.GetRequiredService<Func<string, Azure.Messaging.EventHubs.Producer.EventHubProducerClient>>()("weblogs");
        Assert.Equal("weblogs", producer.EventHubName);
        Assert.NotNull(host.Services.GetRequiredService<TopicSender>());
        Assert.NotEmpty(Functions);
        Assert.All(Functions, name => Assert.NotNull(ActivatorUtilities.CreateInstance(host.Services, typeof(AppSettings).Assembly.GetType(name)!)));
    }

    [Fact]
    public void The_worker_asks_the_app_for_its_functions()
    {
        using var host = Build(Identity);

        Assert.Contains(host.Services.GetServices<IFunctionMetadataTransformer>(), t => t is CloudPump.App.Triggers.PipelineFunctions);
    }

    [Fact]
    public void A_connection_that_is_set_in_neither_way_is_named()
    {
        var settings = Identity.Where(s => !s.Key.StartsWith("ServiceBus", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        using var host = Build(settings);

        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<Lazy<Azure.Messaging.ServiceBus.ServiceBusClient>>().Value);
        Assert.Contains("'ServiceBusConnection__fullyQualifiedNamespace'", error.Message, StringComparison.Ordinal);
    }

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection([new(AppSettings.Pipelines, Repository.Path("functions/pipelines"))]);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddCloudPump(builder.Configuration);
        builder.Services.AddCloudPumpTelemetry(builder.Configuration);
        return builder.Build();
    }

    private static Dictionary<string, string?> Sample() => JsonNode.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")))!["Values"]!.AsObject()
        .ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), v => (string?)v.Value, StringComparer.Ordinal);
}
