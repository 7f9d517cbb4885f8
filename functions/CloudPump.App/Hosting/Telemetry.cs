using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CloudPump.Pipelines;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CloudPump.App.Hosting;

/// <summary>OpenTelemetry in the worker; the host has it by host.json. It goes where the app settings say: to Azure Monitor, over OTLP, or nowhere.</summary>
public static class Telemetry
{
    /// <summary>Adds metrics, traces and logs.</summary>
    public static IServiceCollection AddCloudPumpTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry().UseFunctionsWorkerDefaults().WithMetrics(m => m.AddMeter(PipelineMetrics.MeterName));
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
        {
            // Application Insights takes no keys here, so the exporter signs in as the app.
            telemetry.UseAzureMonitorExporter(o => o.Credential = configuration["AZURE_CLIENT_ID"] is { Length: > 0 } id
                ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id))
                : null);
        }

        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        return services;
    }
}
