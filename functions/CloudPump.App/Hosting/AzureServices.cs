using Azure.Messaging.EventHubs.Producer;
using CloudPump.App.Elasticsearch;
using CloudPump.App.Storage;
using CloudPump.Connectors.Elasticsearch;
using CloudPump.Hosting.Invocations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudPump.App.Hosting;

/// <summary>Adds the clients of Azure's services, and all that stands on them.</summary>
public static class AzureServices
{
    /// <summary>Adds everything that the functions use.</summary>
    public static IServiceCollection AddCloudPump(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new AppSettings(configuration));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<AzureClients>();
        services.AddSingleton(s => s.GetRequiredService<AzureClients>().Tables());
        services.AddSingleton(s => s.GetRequiredService<AzureClients>().ServiceBus());
        services.AddSingleton<Func<string, EventHubProducerClient>>(s => s.GetRequiredService<AzureClients>().EventHub);
        services.AddSingleton<IBlobs, AzureBlobs>();
        services.AddSingleton<IBulkTransportFactory, ElasticBulkTransportFactory>();
        return services.AddCloudPumpPorts().AddCloudPumpHost();
    }
}
