using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudPump.Pipelines;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>What the infrastructure must say, whatever else changes in it.</summary>
public sealed partial class InfrastructureTests
{
    [Fact]
    public void Whatever_can_have_tags_has_them()
    {
        foreach (var path in BicepFiles.All)
        {
            var file = BicepFiles.Of(path);
            Assert.All(file.Resources.Where(r => !r.Existing && IsTracked(r.Type)), r => Assert.Contains("tags", r.Keys));
            Assert.All(file.Modules.Where(m => BicepFiles.Module(path, m.Path)!.Parameters.ContainsKey("tags")), m => Assert.Contains("tags", m.Given));
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
        Assert.DoesNotContain("listKeys", BicepFiles.Everything, StringComparison.OrdinalIgnoreCase);
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
        var asked = Metric().Matches(BicepFiles.Everything + BicepFiles.Text("app/workbook.json")).Select(m => m.Value.TrimEnd('.')).Where(m => m != "cloudpump.events").Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("cloudpump.events.dead", asked);
        Assert.Empty(asked.Except(measured, StringComparer.Ordinal));
        Assert.Equal("CloudPump", PipelineMetrics.MeterName);
    }

    private static string Value(string name) => Regex.Match(BicepFiles.Text("main.bicep"), $"^var {name} = '(.*)'$", RegexOptions.Multiline | RegexOptions.NonBacktracking).Groups[1].Value;

    // Parts of other resources, and settings about them, take no tags.
    private static bool IsTracked(string type) =>
        type.Split('@')[0].Split('/').Length == 2 && !type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.KeyVault/vaults/secrets@", StringComparison.Ordinal)
        || type.StartsWith("Microsoft.Network/privateDnsZones/virtualNetworkLinks@", StringComparison.Ordinal);

    [GeneratedRegex(@"cloudpump\.(events|analyzer|commit)\.[a-z_.]*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex("Events\\(\"(?<name>[a-z_]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex EventMetric();
}
