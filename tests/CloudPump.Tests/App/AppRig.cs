using System.Collections.Concurrent;
using System.Text;
using Azure.Data.Tables;
using CloudPump.App.Output;
using CloudPump.Connectors.Files;
using CloudPump.Connectors.Null;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;
using CloudPump.Tests.App.Fakes;
using Microsoft.Azure.Functions.Worker;

namespace CloudPump.Tests.App;

/// <summary>
/// The function app on services in memory: hubs, a topic, tables, blobs, entities. A test puts events in, lets processes work, and looks at what came out. Every
/// pipeline's sink writes blobs.
/// </summary>
internal sealed class AppRig
{
    private readonly Dictionary<(string Function, int Partition), int> _checkpoints;

    public AppRig(params string[] pipelines)
        : this(Read(pipelines))
    {
    }

    public AppRig(PipelineSet set)
        : this(set, null)
    {
    }

    private AppRig(PipelineSet set, AppRig? before)
    {
        Registry.Add(typeof(OutputSink));
        Set = new PipelineSet([.. set.Reachable().Select(p => WithSink(p))], connections: set.Connections, lookups: set.Lookups);
        Topology = HostTopology.Of(Set);
        Time = before?.Time ?? new FakeClock();
        Tables = before?.Tables ?? new FakeTables();
        Blobs = before?.Blobs ?? new MemoryBlobs();
        Entities = before?.Entities ?? new FakeEntities();
        EntityService = before?.EntityService ?? Entities;
        Hubs = before?.Hubs ?? new FakeHubs(Topology, Time);
        Bus = before?.Bus ?? new FakeBus(Topology, Time);
        Settings = before?.Settings ?? new Dictionary<string, string?>(StringComparer.Ordinal);
        _checkpoints = before?._checkpoints ?? [];
    }

    public static ComponentRegistry NewRegistry() => new(typeof(FileSink).Assembly);

    public FakeClock Time { get; }

    public ComponentRegistry Registry { get; } = NewRegistry();

    public PipelineSet Set { get; }

    public HostTopology Topology { get; }

    public FakeTables Tables { get; }

    public MemoryBlobs Blobs { get; }

    /// <summary>What the app takes for its tables: those in memory, or an account's.</summary>
    public TableServiceClient TableService { get => field ?? Tables; init; }

    /// <summary>What the app takes for its blobs, likewise.</summary>
    public IBlobs BlobService { get => field ?? Blobs; init; }

    public FakeHubs Hubs { get; }

    public FakeBus Bus { get; }

    public FakeEntities Entities { get; }

    /// <summary>What the app's client signals, likewise.</summary>
    public IEntityService EntityService { get; init; }

    public Dictionary<string, string?> Settings { get; }

    /// <summary>What the host tells functions of their invocations; the same for all invocations of one partition.</summary>
    public ConcurrentDictionary<(string Function, int Partition), FunctionContext> Contexts { get; } = [];

    /// <summary>What the app has logged.</summary>
    public LogList Log { get; } = new();

    /// <summary>How much of a shard lies in its entity; a test may have more in blobs.</summary>
    public int LargestInline { get; set; } = new InvocationOptions().LargestInline;

    public int BatchSize { get; set; } = 1_000;

    public AppProcess Start() => new(this);

    /// <summary>The next version of the app: other pipelines on the same services. Its hubs and subscriptions must have been there before.</summary>
    public AppRig Deploy(params string[] pipelines) => new(Read(pipelines), this);

    public PipelineInput Input(string function) => Topology.Inputs.Single(i => i.Function == function);

    /// <summary>What a pipeline's sink has got, sorted; repeats included.</summary>
    public IReadOnlyList<string> Output(string pipeline) =>
    [
        .. Blobs.Names(BlobContainers.Output).Where(n => n.StartsWith(pipeline + "/", StringComparison.Ordinal))
            .SelectMany(n => Encoding.UTF8.GetString(Blobs[BlobContainers.Output, n]).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal),
    ];

    public void Put(string hub, IEnumerable<string> events, int partition = 0)
    {
        foreach (var text in events)
        {
            Hubs.Put(hub, partition, text);
        }
    }

    /// <summary>Works off everything that waits, batch by batch.</summary>
    public async Task WorkAsync(AppProcess process)
    {
        while (await StepAsync(process))
        {
        }
    }

    /// <summary>One round over everything that waits; false when nothing did.</summary>
    public async Task<bool> StepAsync(AppProcess process)
    {
        var any = false;
        foreach (var input in Topology.Inputs)
        {
            any |= input.Kind switch
            {
                InputKind.Stream => await StepStreamAsync(process, input),
                InputKind.Topic => await StepTopicAsync(process, input),
                _ => false,
            };
        }

        while (await EntityService.StepAsync(process))
        {
            any = true;
        }

        return any;
    }

    /// <summary>Lets so much time pass that every partition is idle, and everything that is open closes.</summary>
    public async Task EndAsync(AppProcess process)
    {
        await WorkAsync(process);
        await process.SweepAsync();
        for (var (quiet, rounds) = (0, 0); quiet < 3; rounds++)
        {
            Assert.True(rounds < 200, "The sweep finds something to do for ever.");
            Time.Advance(TimeSpan.FromDays(8));
            await process.SweepAsync();
            quiet = EntityService.Waiting == 0 ? quiet + 1 : 0;
            await WorkAsync(process);
        }
    }

    public int Checkpoint(PipelineInput input, int partition) => _checkpoints.GetValueOrDefault((input.Function, partition));

    public void SetCheckpoint(PipelineInput input, int partition, int position) => _checkpoints[(input.Function, partition)] = position;

    /// <summary>Reads pipelines from YAML.</summary>
    public static PipelineSet Read(params string[] pipelines)
    {
        var diagnostics = new List<Diagnostic>();
        var reader = new PipelineReader(NewRegistry(), static _ => null);
        var definitions = pipelines.SelectMany((p, i) => reader.Read($"p{i}.yaml", p, diagnostics)).ToList();
        Assert.Empty(diagnostics);
        return new PipelineSet(definitions);
    }

    private static PipelineDefinition WithSink(PipelineDefinition pipeline) =>
        pipeline.Sink is FileSink or NullSink ? pipeline.With(sink: new OutputSink { Path = pipeline.Name }) : pipeline;

    private async Task<bool> StepStreamAsync(AppProcess process, PipelineInput input)
    {
        var any = false;
        for (var partition = 0; partition < Hubs.PartitionsOf(input.Entity); partition++)
        {
            var from = Checkpoint(input, partition);
            if (Hubs.Count(input.Entity, partition) is var count && count > from)
            {
                var batch = Hubs.Messages(input.Entity, partition).Skip(from).Take(BatchSize).ToList();
                await InvokeAsync(process, input, partition, batch);
                SetCheckpoint(input, partition, from + batch.Count);
                any = true;
            }
        }

        return any;
    }

    // The retry policy: a process that has lost a partition and got it back reads the row again.
    private static async Task InvokeAsync(AppProcess process, PipelineInput input, int partition, List<HubMessage> batch)
    {
        try
        {
            await process.InvokeAsync(input, partition, batch);
        }
        catch (StaleProgressException)
        {
            await process.InvokeAsync(input, partition, batch);
        }
    }

    private async Task<bool> StepTopicAsync(AppProcess process, PipelineInput input)
    {
        var messages = Bus.Receive(input.Consumer, 16);
        if (messages.Count > 0)
        {
            await process.InvokeAsync(input, messages);
        }

        return messages.Count > 0;
    }
}
