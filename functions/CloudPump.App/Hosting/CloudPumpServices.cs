using Azure.Messaging.ServiceBus;
using CloudPump.App.Analyzers;
using CloudPump.App.Messaging;
using CloudPump.App.Storage;
using CloudPump.App.Triggers;
using CloudPump.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudPump.App.Hosting;

/// <summary>Puts the engine and its ports on Azure together.</summary>
public static class CloudPumpServices
{
    /// <summary>Adds the ports on the clients that are there.</summary>
    public static IServiceCollection AddCloudPumpPorts(this IServiceCollection services) => services
        .AddSingleton<Tables>()
        .AddSingleton<Hubs>()
        .AddSingleton<HubSender>()
        .AddSingleton<TopicSender>()

        // Pipelines without routes over the topic need no connection to it.
        .AddSingleton(s => new Lazy<ServiceBusClient>(s.GetRequiredService<ServiceBusClient>))
        .AddSingleton<EntitySignals>()
        .AddSingleton<IShardSignals>(s => s.GetRequiredService<EntitySignals>())
        .AddSingleton<IProgressTable, TableProgress>()
        .AddSingleton<IAnalyzerTable, TableAnalyzers>()
        .AddSingleton<IDeadLetterStore, TableDeadLetters>()
        .AddSingleton<ISharedTables, SharedTables>()
        .AddSingleton<IParcelSender, ParcelSender>()
        .AddSingleton<InvocationPorts>();

    /// <summary>Adds the pipelines and the engine's host of invocations; a wrong pipeline file fails the start here.</summary>
    public static IServiceCollection AddCloudPumpHost(this IServiceCollection services) => services
        .AddSingleton<PipelineCatalog>()
        .AddSingleton(s => new PipelineMetrics(s.GetService<System.Diagnostics.Metrics.IMeterFactory>()))
        .AddSingleton(Options)
        .AddSingleton(Host)
        .AddSingleton<IFunctionMetadataTransformer, PipelineFunctions>();

    /// <summary>How invocations run, as the app settings say.</summary>
    internal static InvocationOptions Options(IServiceProvider services)
    {
        var settings = services.GetRequiredService<AppSettings>();
        var log = services.GetRequiredService<ILogger<InvocationHost>>();
        return new InvocationOptions
        {
            Budget = settings.Budget,
            Time = services.GetRequiredService<TimeProvider>(),
            Services = services,
            DataFolder = settings.PipelineFolder,
            Warn = text => log.LogWarning("{Warning}", text),
        };
    }

    private static InvocationHost Host(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<PipelineCatalog>();
        var (ports, options) = (services.GetRequiredService<InvocationPorts>(), services.GetRequiredService<InvocationOptions>());
        return new InvocationHost(catalog.Set, catalog.Registry, ports, options, services.GetRequiredService<PipelineMetrics>());
    }
}
