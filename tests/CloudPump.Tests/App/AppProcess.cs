using System.Text.Json;
using Azure.Data.Tables;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Azure.Messaging.ServiceBus;
using CloudPump.App.Analyzers;
using CloudPump.App.Hosting;
using CloudPump.App.Triggers;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;
using CloudPump.Tests.App.Fakes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace CloudPump.Tests.App;

/// <summary>One worker process of the function app, on services in memory. Several can run side by side; one that is dropped has died.</summary>
internal sealed class AppProcess
{
    private readonly AppRig _rig;
    private readonly ServiceProvider _services;
    private readonly StreamFunction _stream;
    private readonly TopicFunction _topic;

    public AppProcess(AppRig rig)
    {
        _rig = rig;
        var services = new ServiceCollection();
        services.AddLogging(b => b.AddProvider(rig.Log));
        services.AddSingleton(new AppSettings(new ConfigurationBuilder().AddInMemoryCollection(rig.Settings).Build()));
        services.AddSingleton<TimeProvider>(rig.Time);
        services.AddSingleton(rig.TableService);
        services.AddSingleton<ServiceBusClient>(rig.Bus);
        services.AddSingleton<Func<string, EventHubProducerClient>>(rig.Hubs.Producer);
        services.AddSingleton(rig.BlobService);
        services.AddCloudPumpPorts().AddCloudPumpHost();
        services.AddSingleton(new PipelineCatalog(rig.Registry, rig.Set));
        services.AddSingleton(s => CloudPumpServices.Options(s) with { LargestInline = rig.LargestInline });
        _services = services.BuildServiceProvider();
        Host = _services.GetRequiredService<InvocationHost>();
        var signals = _services.GetRequiredService<EntitySignals>();
        _stream = new StreamFunction(Host, signals);
        _topic = new TopicFunction(Host, signals, rig.Time, _services.GetRequiredService<ILogger<TopicFunction>>());
        Schedule = new ScheduleFunction(Host, signals);
        Sweep = new SweepFunction(Host, signals);
    }

    public InvocationHost Host { get; }

    public ScheduleFunction Schedule { get; }

    public SweepFunction Sweep { get; }

    /// <summary>The entity for a batch of operations.</summary>
    public AnalyzerEntity Entity => new(Host);

    public Task ScheduleAsync(PipelineInput input, CancellationToken cancellationToken = default) =>
        Schedule.RunAsync(new TimerInfo(), _rig.EntityService.Client, ContextOf(input.Function), cancellationToken);

    /// <summary>The functions that people and programs call over HTTP.</summary>
    public AppHttp Http => new(this, _rig.EntityService.Client);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Invokes a stream's function as the host does.</summary>
    public Task InvokeAsync(PipelineInput input, int partition, IEnumerable<HubMessage> messages, CancellationToken cancellationToken = default)
    {
        var context = _rig.Contexts.GetOrAdd((input.Function, partition), _ => StreamContext(input, partition));
        return _stream.RunAsync([.. messages.Select(Data)], _rig.EntityService.Client, context, cancellationToken);
    }

    private static FunctionContext StreamContext(PipelineInput input, int partition)
    {
        var partitionContext = JsonSerializer.Serialize(new { EventHubName = input.Entity, ConsumerGroup = input.Consumer, PartitionId = partition.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return ContextOf(input.Function, new Dictionary<string, object?>(StringComparer.Ordinal) { ["PartitionContext"] = partitionContext });
    }

    /// <summary>Invokes a subscription's function as the host does.</summary>
    public async Task<FakeMessageActions> InvokeAsync(PipelineInput input, IReadOnlyList<BusMessage> messages, Action<FakeMessageActions>? prepare = null, CancellationToken cancellationToken = default)
    {
        var actions = new FakeMessageActions(_rig.Bus, input.Consumer, messages.ToDictionary(m => m.Sequence));
        prepare?.Invoke(actions);
        await _topic.RunAsync([.. messages.Select(Message)], actions, _rig.EntityService.Client, _rig.Contexts.GetOrAdd((input.Function, 0), _ => ContextOf(input.Function)), cancellationToken);
        return actions;
    }

    public Task SweepAsync() => Sweep.RunAsync(new TimerInfo(), _rig.EntityService.Client, CancellationToken.None);

    public static FunctionContext ContextOf(string function, Dictionary<string, object?>? data = null)
    {
        var definition = Substitute.For<FunctionDefinition>();
        definition.Name.Returns(function);
        var binding = Substitute.For<BindingContext>();
        binding.BindingData.Returns(data ?? []);
        var context = Substitute.For<FunctionContext>();
        context.FunctionDefinition.Returns(definition);
        context.BindingContext.Returns(binding);
        return context;
    }

    private static EventData Data(HubMessage message)
    {
        // Newer packages prefer an offset as text; the app reads neither.
#pragma warning disable CS0618
        var data = EventHubsModelFactory.EventData(
            message.Body, message.Properties.ToDictionary(StringComparer.Ordinal), systemProperties: null, partitionKey: null, message.Sequence, offset: message.Sequence, message.Enqueued);
#pragma warning restore CS0618
        data.ContentType = message.ContentType;
        return data;
    }

    private static ServiceBusReceivedMessage Message(BusMessage message) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        body: message.Body, contentType: message.ContentType, properties: message.Properties, deliveryCount: message.Deliveries, sequenceNumber: message.Sequence, enqueuedTime: message.Enqueued);
}
