using CloudPump.App.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddCloudPump(builder.Configuration);
builder.Services.AddCloudPumpTelemetry(builder.Configuration);
await builder.Build().RunAsync();
