using Microsoft.Extensions.Configuration;

namespace CloudPump.App.Hosting;

/// <summary>The app settings that the app reads. The infrastructure and the settings sample give the same names; a test compares them.</summary>
public sealed class AppSettings(IConfiguration configuration)
{
    /// <summary>The storage account: a connection string, or a prefix of identity settings.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>The Event Hubs namespace, likewise.</summary>
    public const string EventHubs = "EventHubConnection";

    /// <summary>The Service Bus namespace, likewise.</summary>
    public const string ServiceBus = "ServiceBusConnection";

    /// <summary>The folder of the pipelines.</summary>
    public const string Pipelines = "CLOUDPUMP_PIPELINES";

    /// <summary>How long one invocation may try.</summary>
    public const string TimeBudget = "CLOUDPUMP_TIME_BUDGET";

    /// <summary>Functions that do not run, separated by commas. (AzureWebJobs.FUNCTION.Disabled takes no name with a hyphen on Linux.)</summary>
    public const string Paused = "CLOUDPUMP_PAUSED";

    /// <summary>The functions that do not run.</summary>
    public IReadOnlySet<string> PausedFunctions { get; } = (configuration[Paused] ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>The folder of the pipelines, below the app's own unless it is a whole path.</summary>
    public string PipelineFolder => Path.Combine(AppContext.BaseDirectory, Find(Pipelines) ?? "pipelines");

    /// <summary>How long one invocation may try; well below the function's timeout.</summary>
    public TimeSpan Budget => TimeSpan.TryParse(configuration[TimeBudget], out var budget) ? budget : TimeSpan.FromMinutes(8);

    /// <summary>The client id of the app's user-assigned identity; null on a developer's machine.</summary>
    public string? ClientId => Find("AZURE_CLIENT_ID");

    /// <summary>Any setting, for `${NAME}` in pipeline files.</summary>
    public string? Find(string name) => configuration[name] is { Length: > 0 } text ? text : null;

    /// <summary>The connection string of a connection; null when it is given by identity settings.</summary>
    public string? ConnectionString(string connection) => Find(connection);

    /// <summary>A part of a connection that is given by identity settings, such as fullyQualifiedNamespace.</summary>
    /// <exception cref="InvalidOperationException">Neither the part nor a connection string is set.</exception>
    public string Part(string connection, string part) => Find($"{connection}:{part}")
        ?? throw new InvalidOperationException($"Neither the app setting '{connection}' nor '{connection}__{part}' is set; the app needs one of them.");
}
