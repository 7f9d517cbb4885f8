using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddCloudPump(builder.Configuration);
builder.Services.AddCloudPumpTelemetry(builder.Configuration);
var app = builder.Build();
try
{
    // Before the host asks for the functions: a wrong pipeline file fails the start with its mistakes and nothing else.
    app.Services.GetRequiredService<InvocationHost>();
}
catch (DefinitionException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await app.RunAsync();
return 0;
