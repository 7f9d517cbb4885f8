using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.EventHubs.Producer;
using Azure.Messaging.ServiceBus;

namespace CloudPump.App.Hosting;

/// <summary>Makes the clients of Azure's services: by connection string when one is set (emulators), else by the app's identity.</summary>
public sealed class AzureClients(AppSettings settings)
{
    private readonly TokenCredential _credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId });

    /// <summary>The tables of the app's storage account.</summary>
    public TableServiceClient Tables() => settings.ConnectionString(AppSettings.Storage) is { } text
        ? new TableServiceClient(text)
        : new TableServiceClient(new Uri(settings.Part(AppSettings.Storage, "tableServiceUri")), _credential);

    /// <summary>The one Service Bus client of the process: emulators allow few connections.</summary>
    public ServiceBusClient ServiceBus() => settings.ConnectionString(AppSettings.ServiceBus) is { } text
        ? new ServiceBusClient(text)
        : new ServiceBusClient(settings.Part(AppSettings.ServiceBus, "fullyQualifiedNamespace"), _credential);

    /// <summary>A producer for an event hub.</summary>
    public EventHubProducerClient EventHub(string hub) => settings.ConnectionString(AppSettings.EventHubs) is { } text
        ? new EventHubProducerClient(text, hub)
        : new EventHubProducerClient(settings.Part(AppSettings.EventHubs, "fullyQualifiedNamespace"), hub, _credential);

    /// <summary>The identity, for the clients that take it as it is.</summary>
    public TokenCredential Credential => _credential;
}
