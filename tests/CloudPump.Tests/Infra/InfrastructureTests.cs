using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>What the infrastructure must say, whatever else changes in it.</summary>
public sealed partial class InfrastructureTests
{
    // Role definitions of Azure, which are the same in every tenant.
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["f526a384-b230-433a-b45c-95f59c4a2dec"] = "Event Hubs Data Owner",
        ["a638d3c7-ab3a-418d-83e6-5f17a39d4fde"] = "Event Hubs Data Receiver",
        ["2b629674-e913-4c01-ae53-ef4638d8f975"] = "Event Hubs Data Sender",
        ["090c5cfd-751d-490a-894a-3ce6f1109419"] = "Service Bus Data Owner",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Service Bus Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    private static readonly string All = string.Join('\n', BicepFiles.All.Select(BicepFiles.Text));

    [Fact]
    public void Roles_are_the_known_ones_under_their_names()
    {
        var used = Role().Matches(All).Select(m => (Name: m.Groups["name"].Value, Id: m.Groups["id"].Value)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, role => Assert.Equal(Roles[role.Id].Replace(" ", "", StringComparison.Ordinal), Family(role.Name) + role.Name, ignoreCase: true));
        Assert.Equal(Guid().Count(All), used.Count);
    }

    [Fact]
    public void Whatever_can_have_tags_has_them()
    {
        foreach (var file in BicepFiles.All.Select(BicepFiles.Of))
        {
            Assert.All(file.Resources.Where(r => !r.Existing && IsTracked(r.Type)), r => Assert.Contains("tags", r.Keys));
            Assert.All(file.Modules.Where(m => BicepFiles.Of(m.Path).Parameters.ContainsKey("tags")), m => Assert.Contains("tags", m.Given));
        }

        Assert.Contains("'azd-env-name': environmentName", BicepFiles.Text("main.bicep"), StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': serviceName", BicepFiles.Text("app/functionapp.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_runtime_is_the_target_framework()
    {
        var framework = XDocument.Load(Repository.Path("Directory.Build.props")).Descendants("TargetFramework").Single().Value;
        Assert.Equal(framework, "net" + Value("runtimeVersion"));
        Assert.Contains("name: 'dotnet-isolated'", BicepFiles.Text("app/functionapp.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_off_everywhere()
    {
        Assert.Contains("allowSharedKeyAccess: false", BicepFiles.Text("app/storage.bicep"), StringComparison.Ordinal);
        Assert.Contains("disableLocalAuth: true", BicepFiles.Text("app/eventhubs.bicep"), StringComparison.Ordinal);
        Assert.Contains("disableLocalAuth: true", BicepFiles.Text("app/servicebus.bicep"), StringComparison.Ordinal);
        Assert.Contains("DisableLocalAuth: true", BicepFiles.Text("app/monitoring.bicep"), StringComparison.Ordinal);
        Assert.DoesNotContain("listKeys", All, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_subscription_replaces_the_rule_that_takes_everything()
    {
        var text = BicepFiles.Text("app/servicebus.bicep");
        Assert.Contains("name: '$Default'", text, StringComparison.Ordinal);
        Assert.Contains("filterType: 'CorrelationFilter'", text, StringComparison.Ordinal);
        Assert.Contains("pipeline: item.pipeline", text, StringComparison.Ordinal);
        Assert.Contains("requiresDuplicateDetection: false", text, StringComparison.Ordinal);
        Assert.Contains("lockDuration: 'PT5M'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_containers_of_the_app_exist_and_old_claims_go()
    {
        var text = BicepFiles.Text("app/storage.bicep");
        Assert.All(["deadletters", "state", "claims", "output"], c => Assert.Contains($"  '{c}'\n", text, StringComparison.Ordinal));
        Assert.Contains("param claimDays int = 30", text, StringComparison.Ordinal);
        Assert.Contains("'claims/'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_given_by_azd_exist_and_none_is_missing()
    {
        var given = JsonNode.Parse(BicepFiles.Text("main.parameters.json"))!["parameters"]!.AsObject().Select(p => p.Key).ToList();
        var main = BicepFiles.Of("main.bicep");
        Assert.Empty(given.Except(main.Parameters.Keys, StringComparer.Ordinal));
        Assert.Empty(main.Parameters.Where(p => !p.Value).Select(p => p.Key).Except(given, StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_and_workbook_name_metrics_that_there_are()
    {
        var code = File.ReadAllText(Repository.Path("functions/CloudPump/Pipelines/PipelineMetrics.cs"));
        var measured = Metric().Matches(code).Select(m => m.Value).Concat(EventMetric().Matches(code).Select(m => "cloudpump.events." + m.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var asked = Metric().Matches(All + BicepFiles.Text("app/workbook.json")).Select(m => m.Value.TrimEnd('.')).Where(m => m != "cloudpump.events").Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("cloudpump.events.dead", asked);
        Assert.Empty(asked.Except(measured, StringComparer.Ordinal));
        Assert.Equal("CloudPump", PipelineMetrics.MeterName);
    }

    private static string Value(string name) => Regex.Match(BicepFiles.Text("main.bicep"), $"^var {name} = '(.*)'$", RegexOptions.Multiline | RegexOptions.NonBacktracking).Groups[1].Value;

    private static string Family(string name) => name.StartsWith("blob", StringComparison.Ordinal) || name.StartsWith("table", StringComparison.Ordinal) || name.StartsWith("queue", StringComparison.Ordinal) ? "storage" : "";

    // Parts of other resources, and settings about them, take no tags.
    private static bool IsTracked(string type) =>
        type.Split('@')[0].Split('/').Length == 2 && !type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.KeyVault/vaults/secrets@", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.Network/privateDnsZones/virtualNetworkLinks@", StringComparison.Ordinal);

    [GeneratedRegex("^  (?<name>[a-zA-Z]+): '(?<id>[0-9a-f]{8}-[0-9a-f-]{27})'$", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Role();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Guid();

    [GeneratedRegex(@"cloudpump\.(events|analyzer|commit)\.[a-z_.]*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex("Events\\(\"(?<name>[a-z_]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex EventMetric();
}
