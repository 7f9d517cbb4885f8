using System.Text.Json.Nodes;

namespace CloudPump.Cli.Infra;

/// <summary>The settings of the function app for a run against the emulators.</summary>
internal static class SettingsSample
{
    /// <summary>The file's name.</summary>
    public const string FileName = "local.settings.sample.json";

    private const string Key = "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    /// <summary>Makes the sample. The key is the one that every emulator has; it opens nothing else.</summary>
    public static JsonObject Create() => new()
    {
        ["IsEncrypted"] = false,
        ["Values"] = new JsonObject
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["EventHubConnection"] = "Endpoint=sb://localhost:5673;" + Key,
            ["ServiceBusConnection"] = "Endpoint=sb://localhost;" + Key,
            ["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] = "Endpoint=http://localhost:8080;Authentication=None",
            ["TASKHUB_NAME"] = "cloudpump",
            ["CLOUDPUMP_PIPELINES"] = "pipelines",
            ["CLOUDPUMP_TIME_BUDGET"] = "00:08:00",
            ["CLOUDPUMP_PAUSED"] = "",
            ["CLOUDPUMP_HASH_KEY"] = "for-this-machine-only",
            ["ELASTICSEARCH_URL"] = "http://localhost:9200",
            ["ELASTICSEARCH_API_KEY"] = "",
        },
    };
}
