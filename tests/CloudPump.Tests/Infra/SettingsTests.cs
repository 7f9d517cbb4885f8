using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>The app, the infrastructure, the hook and the sample know the same settings.</summary>
public sealed partial class SettingsTests
{
    // On Azure a setting may have several parts, or come from elsewhere.
    private static readonly string[] OnlyLocal = ["FUNCTIONS_WORKER_RUNTIME"];

    private static readonly string Main = BicepFiles.Text("main.bicep");
    private static readonly JsonObject Sample = JsonNode.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")))!["Values"]!.AsObject();

    /// <summary>What the app cannot do without.</summary>
    public static TheoryData<string> Needed() =>
    [
        "AzureWebJobsStorage", "EventHubConnection", "ServiceBusConnection", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "TASKHUB_NAME",
        "CLOUDPUMP_PIPELINES", "CLOUDPUMP_TIME_BUDGET", "CLOUDPUMP_HASH_KEY", "ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY",
    ];

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_setting_of_the_app_exists_on_Azure_and_in_the_sample(string name)
    {
        Assert.True(Sample.ContainsKey(name), name);
        Assert.True(IsOnAzure(name), name);
    }

    [Fact]
    public void Every_setting_of_the_sample_exists_on_Azure() =>
        Assert.All(Sample.Select(s => s.Key).Except(OnlyLocal, StringComparer.Ordinal), name => Assert.True(IsOnAzure(name), name));

    [Theory]
    [InlineData("AzureWebJobsStorage", "credential clientId blobServiceUri queueServiceUri tableServiceUri")]
    [InlineData("EventHubConnection", "credential clientId fullyQualifiedNamespace")]
    [InlineData("ServiceBusConnection", "credential clientId fullyQualifiedNamespace")]
    public void A_connection_by_identity_has_all_its_parts(string connection, string parts) =>
        Assert.All(parts.Split(' '), part => Assert.Contains($"  {connection}__{part}: ", Main, StringComparison.Ordinal));

    [Fact]
    public void Secrets_are_references_to_the_vault() =>
        Assert.All(["CLOUDPUMP_HASH_KEY", "ELASTICSEARCH_API_KEY"], name => Assert.Contains($"  {name}: '@Microsoft.KeyVault(", Main, StringComparison.Ordinal));

    [Fact]
    public void Both_hooks_write_the_same_settings()
    {
        var posix = HookKey().Matches(BicepFiles.Text("scripts/postprovision.sh")).Select(m => m.Groups["name"].Value).ToList();
        var windows = PowerShellKey().Matches(BicepFiles.Text("scripts/postprovision.ps1")).Select(m => m.Groups["name"].Value).ToList();
        Assert.Equal(posix, windows);
        Assert.All(Sample.Select(s => s.Key), name => Assert.Contains(posix, p => p == name || p.StartsWith(name + "__", StringComparison.Ordinal)));
    }

    [Fact]
    public void Hooks_use_only_what_main_gives_out()
    {
        var outputs = Output().Matches(Main).Select(m => m.Groups["name"].Value).ToList();
        var used = Variable().Matches(BicepFiles.Text("scripts/postprovision.sh")).Concat(Variable().Matches(BicepFiles.Text("scripts/postprovision.ps1")))
            .Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("DTS_ENDPOINT", used);
        Assert.Empty(used.Except(outputs, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_named_by_the_app_exists()
    {
        var folder = Repository.Path("functions/CloudPump.App");
        var settings = File.ReadAllText(Path.Combine(folder, "Hosting", "AppSettings.cs"));
        var text = string.Join('\n', Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Append(Path.Combine(folder, "host.json")).Select(File.ReadAllText));
        var named = Constant().Matches(settings).Concat(Connection().Matches(text)).Concat(Percent().Matches(text)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["EventHubConnection", "ServiceBusConnection", "TASKHUB_NAME"], StringComparer.Ordinal), named);
        Assert.All(named, name => Assert.True(IsOnAzure(name) && Sample.ContainsKey(name), name));
    }

    private static bool IsOnAzure(string name) => Main.Contains($"\n  {name}: ", StringComparison.Ordinal) || Main.Contains($"\n  {name}__", StringComparison.Ordinal);

    [GeneratedRegex("^    \"(?<name>[A-Za-z_]+)\": ", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HookKey();

    [GeneratedRegex("^    (?<name>[A-Za-z_]+) = ", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PowerShellKey();

    [GeneratedRegex("^output (?<name>[A-Za-z_]+) ", RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Output();

    [GeneratedRegex(@"\$(\{|env:|\(\$env:)(?<name>[A-Za-z_]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex("const string [A-Za-z]+ = \"(?<name>[A-Za-z_]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();

    [GeneratedRegex("Connection = \"(?<name>[A-Za-z_]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Connection();

    [GeneratedRegex("\"%(?<name>[A-Za-z_]+)%\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Percent();
}
