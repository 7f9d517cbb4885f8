using System.Reflection;
using CloudPump.App.Analyzers;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudPump.Tests.App.Durable;

/// <summary>The worker of durable entities as the functions host drives it: a batch comes as text, and the function's dispatcher runs the entity's operations.</summary>
internal sealed class EntityWorker
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private readonly ServiceProvider _services;
    private readonly ExtendedSessionsCache _sessions = new();

    public EntityWorker()
    {
        var services = new ServiceCollection();
        services.AddLogging();

        // What the generated start of a function app does: among other things it sets the converter of inputs and states.
        new DurableTaskExtensionStartup().Configure(services.AddFunctionsWorkerCore());
        _services = services.BuildServiceProvider();
        Converter = _services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.DataConverter;
    }

    /// <summary>The converter that a function app has.</summary>
    public DataConverter Converter { get; }

    public async Task<EntityBatchResult> RunAsync(AnalyzerEntity entity, EntityBatchRequest request)
    {
        // The host's binding makes the dispatcher; nobody else can.
        var dispatcher = (TaskEntityDispatcher)typeof(TaskEntityDispatcher).GetConstructors(Hidden).Single()
            .Invoke([Convert.ToBase64String(request.ToByteArray()), _services, _sessions]);
        await entity.DispatchAsync(dispatcher);
        var result = (string)typeof(TaskEntityDispatcher).GetProperty("Result", Hidden)!.GetValue(dispatcher)!;
        return EntityBatchResult.Parser.ParseFrom(Convert.FromBase64String(result));
    }
}
