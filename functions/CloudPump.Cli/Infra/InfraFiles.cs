using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPump.Cli.Infra;

/// <summary>The files of the infrastructure that are made from the pipelines.</summary>
internal static class InfraFiles
{
    /// <summary>The file that Bicep loads.</summary>
    public const string PipelinesFile = "pipelines.json";

    /// <summary>All files, for a folder of infrastructure; the sample of settings lies beside that folder.</summary>
    public static IEnumerable<InfraFile> Of(InfraPlan plan, string folder, bool emulators)
    {
        yield return InfraFile.Json(Path.Combine(folder, PipelinesFile), Pipelines(plan));
        if (emulators)
        {
            yield return InfraFile.Json(Path.Combine(folder, "emulators", "eventhubs.json"), EmulatorFiles.EventHubs(plan));
            yield return InfraFile.Json(Path.Combine(folder, "emulators", "servicebus.json"), EmulatorFiles.ServiceBus(plan));
        }

        yield return InfraFile.Json(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder)) ?? folder, SettingsSample.FileName), SettingsSample.Create());
    }

    /// <summary>The tier that the folder's files were made for; null when it has none.</summary>
    public static string? TierOf(string folder)
    {
        var path = Path.Combine(folder, PipelinesFile);
        try
        {
            return File.Exists(path) ? (string?)JsonNode.Parse(File.ReadAllText(path))?["tier"] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject Pipelines(InfraPlan plan) => new()
    {
        ["tier"] = plan.Tier,
        ["hubs"] = new JsonArray([.. plan.Hubs.Select(h => new JsonObject
        {
            ["name"] = h.Name,
            ["partitions"] = h.Partitions,
            ["consumerGroups"] = new JsonArray([.. h.ConsumerGroups.Select(g => JsonValue.Create(g))]),
        })]),
        ["topics"] = new JsonArray([.. plan.Topics.Select(t => new JsonObject
        {
            ["name"] = t.Name,
            ["subscriptions"] = new JsonArray([.. t.Subscriptions.Select(s => new JsonObject { ["name"] = s.Name, ["pipeline"] = s.Pipeline })]),
        })]),
    };
}
