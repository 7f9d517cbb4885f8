using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPump.App.Hosting;
using CloudPump.Tests.Cli;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.Tests.Infra;

/// <summary>What the app's bindings and settings name exists in the infrastructure and in the settings sample.</summary>
public sealed partial class BindingTests
{
    private static readonly string Main = BicepFiles.Text("main.bicep");
    private static readonly string HostJson = File.ReadAllText(Repository.Path("functions/CloudPump.App/host.json"));
    private static readonly JsonObject Sample = JsonNode.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")))!["Values"]!.AsObject();

    public static TheoryData<string> Connections =>
    [
        .. typeof(AppSettings).Assembly.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(m => m.GetParameters()).SelectMany(p => p.GetCustomAttributes())
            .Select(a => a switch { EventHubTriggerAttribute hub => hub.Connection, ServiceBusTriggerAttribute bus => bus.Connection, _ => null }).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Name().Matches(HostJson).Select(m => m.Groups["name"].Value)];

    [Theory]
    [MemberData(nameof(Connections))]
    public void A_connection_of_a_trigger_is_configured_everywhere(string connection)
    {
        Assert.True(Sample.ContainsKey(connection), connection);
        Assert.Contains($"{connection}__fullyQualifiedNamespace:", Main, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_in_host_json_is_configured_everywhere(string name)
    {
        Assert.True(Sample.ContainsKey(name), name);
        Assert.Contains($"{name}:", Main, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_budget_is_well_below_the_functions_timeout()
    {
        var timeout = TimeSpan.Parse((string)JsonNode.Parse(HostJson)!["functionTimeout"]!);
        Assert.True(TimeSpan.Parse((string)Sample[AppSettings.TimeBudget]!) <= timeout * 0.8);
    }

    [Fact]
    public void Messages_are_settled_by_the_app_and_every_batch_is_checkpointed()
    {
        var extensions = JsonNode.Parse(HostJson)!["extensions"]!;
        Assert.False((bool)extensions["serviceBus"]!["autoCompleteMessages"]!);
        Assert.Equal(1, (int)extensions["eventHubs"]!["batchCheckpointFrequency"]!);
    }

    [GeneratedRegex("%(?<name>[A-Za-z_]+)%", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
