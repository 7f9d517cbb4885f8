using System.Text.Json.Nodes;
using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>The files that others read, against what these publish about them.</summary>
public sealed class SchemaTests
{
    private const string Azd = "azure.yaml.v1.0.schema.json";
    private const string EventHubs = "eventhubs-emulator.Config-schema.json";
    private const string ServiceBus = "servicebus-emulator.Config-schema.json";

    private static JsonNode AzureYaml => YamlDocument.Read(Repository.Path("azure.yaml"))!;

    [Fact]
    public void Azd_can_read_its_file() => Assert.Empty(JsonSchemas.Violations(Azd, AzureYaml));

    [Fact]
    public void The_Event_Hubs_emulator_can_read_its_file() => Assert.Empty(JsonSchemas.Violations(EventHubs, Emulator("eventhubs.json")));

    [Fact]
    public void The_Service_Bus_emulator_can_read_its_file() => Assert.Empty(JsonSchemas.Violations(ServiceBus, Emulator("servicebus.json")));

    [Fact]
    public void The_schemas_find_faults()
    {
        var yaml = AzureYaml;
        yaml["services"]!["app"]!["k8s"] = new JsonObject();
        Assert.NotEmpty(JsonSchemas.Violations(Azd, yaml));
        var hubs = Emulator("eventhubs.json");
        hubs["UserConfig"]!["NamespaceConfig"]![0]!["Entities"]![0]!["PartitionCount"] = 33;
        Assert.NotEmpty(JsonSchemas.Violations(EventHubs, hubs));
        var topics = Emulator("servicebus.json");
        topics["UserConfig"]!["Namespaces"]![0]!["Topics"]![0]!["Subscriptions"]![0]!["Rules"]![0]!["Properties"]!["FilterType"] = "None";
        Assert.NotEmpty(JsonSchemas.Violations(ServiceBus, topics));
    }

    [Fact]
    public void The_service_of_azd_is_the_one_that_the_app_is_tagged_with()
    {
        var service = Assert.Single(AzureYaml["services"]!.AsObject());
        Assert.Contains($"var serviceName = '{service.Key}'\n", BicepFiles.Text("main.bicep"), StringComparison.Ordinal);
        Assert.Contains($"output SERVICE_{service.Key.ToUpperInvariant()}_NAME string", BicepFiles.Text("main.bicep"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Repository.Path((string)service.Value!["project"]!), "*.csproj"));
    }

    [Fact]
    public void Hooks_exist_and_can_be_run()
    {
        var hook = AzureYaml["hooks"]!["postprovision"]!;
        var posix = Repository.Path((string)hook["posix"]!["run"]!);
        Assert.True(File.Exists(posix) && File.Exists(Repository.Path((string)hook["windows"]!["run"]!)));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(posix).HasFlag(UnixFileMode.UserExecute), posix);
    }

    [Fact]
    public void Every_image_of_the_emulators_is_pinned_and_everything_is_only_on_this_machine()
    {
        var compose = YamlDocument.Read(Repository.Path("infra/emulators/compose.yaml"))!;
        var services = compose["services"]!.AsObject().Select(s => s.Value!).ToList();
        Assert.All(services, s => Assert.Matches(@"^[a-z.]+/[a-z/-]+:v?\d+\.?[\w.-]*$", (string)s["image"]!));
        Assert.All(services.SelectMany(s => s["ports"]?.AsArray() ?? []), p => Assert.StartsWith("127.0.0.1:", (string)p!, StringComparison.Ordinal));
        Assert.All(services.SelectMany(s => s["volumes"]?.AsArray() ?? []).Select(v => (string)v!).Where(v => v.StartsWith("./", StringComparison.Ordinal)),
            v => Assert.True(File.Exists(Path.Combine(BicepFiles.Folder, "emulators", v.Split(':')[0])), v));
    }

    private static JsonNode Emulator(string file) => JsonNode.Parse(BicepFiles.Text("emulators/" + file))!;
}
