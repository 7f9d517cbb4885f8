using CloudPump.Analyzers;
using CloudPump.Analyzers.Measures;
using CloudPump.Connectors.Files;
using CloudPump.Embedded;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Embedded;

/// <summary>Runs pipelines made in C# on embedded hosts, one after another over the same data folder.</summary>
internal sealed class HostRig : IDisposable
{
    /// <summary>In milliseconds: what should end and does not must fail a test and not hang it.</summary>
    public const int Patience = 60_000;

    // Memory where there is some: these tests flush to disk all the time.
    private const string Memory = "/dev/shm";
    private static int _count;
    private readonly DirectoryInfo _folder = Directory.Exists(Memory)
        ? Directory.CreateDirectory($"{Memory}/cloudpump-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}")
        : Directory.CreateTempSubdirectory("cloudpump-test");

    public static ComponentRegistry Registry { get; } = CreateRegistry();

    public string Folder => _folder.FullName;

    public string Data => Path.Combine(Folder, "data");

    /// <summary>Keep nothing between runs.</summary>
    public bool Temporary { get; init; }

    public bool Follow { get; init; }

    public bool ReplayOnly { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How fast a fake clock goes while a run is waited for.</summary>
    public TimeSpan ClockStep { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Zero commits every batch.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.Zero;

    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    public long MostBacklog { get; init; } = 64 << 20;

    public int Attempts { get; init; } = 4;

    public List<string> Warnings { get; } = [];

    /// <summary>A minute's window over the field t, by the field k.</summary>
    public static TimeWindow Window(string? to = null, int shards = 1, int lateness = 0) => new()
    {
        Name = "w",
        To = to,
        Size = TimeSpan.FromSeconds(10),
        Lateness = TimeSpan.FromSeconds(lateness),
        Shards = shards,
        Time = "timestamp(t)",
        By = ["k"],
        Measures = { { "hits", MeasureCall.Parse("count()") } },
    };

    /// <summary>An event at a second.</summary>
    public static string At(int second, string key = "a") => $$"""{"t":"2026-10-10T12:{{second / 60:00}}:{{second % 60:00}}Z","k":"{{key}}"}""";

    /// <summary>A window's result as key, second and hits.</summary>
    public static string Hits(string json)
    {
        var result = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        var start = DateTimeOffset.Parse((string)result["window_start"]!);
        return $"{result["k"]}@{(start.Minute * 60) + start.Second}={result["hits"]}{(result["partial"] is null ? "" : " partial")}";
    }

    public EmbeddedOptions Options() => new()
    {
        DataFolder = Temporary ? null : Data,
        Follow = Follow,
        ReplayOnly = ReplayOnly,
        Time = Time,
        CommitInterval = CommitInterval,
        Retention = Retention,
        MostBacklog = MostBacklog,
        Attempts = Attempts,
        Warn = Warnings.Add,
    };

    /// <summary>Runs to the end; returns the counts by pipeline, which add up.</summary>
    public Task<IReadOnlyDictionary<string, Accounting>> RunAsync(params PipelineDefinition[] pipelines) => RunAsync(CancellationToken.None, pipelines);

    /// <summary>Runs to the end or the stop; returns the counts by pipeline, which add up.</summary>
    public async Task<IReadOnlyDictionary<string, Accounting>> RunAsync(CancellationToken stop, params PipelineDefinition[] pipelines)
    {
        await using var host = new EmbeddedHost(Options(), Registry);
        var run = host.RunAsync(new PipelineSet(pipelines), stop);
        if (Time is FakeClock clock)
        {
            await clock.AdvanceUntilAsync(() => run.IsCompleted, ClockStep);
        }

        await run.WaitAsync(TestContext.Current.CancellationToken);
        var counts = host.Status.ToDictionary(s => s.Name, s => s.Accounting);
        Assert.All(counts.Values, c => Assert.Equal(0, c.InFlight));
        return counts;
    }

    /// <summary>The dead letters of the data folder.</summary>
    public IReadOnlyList<StoredDeadLetter> DeadLetters()
    {
        using var store = EmbeddedStore.Open(Data);
        return store.DeadLetters();
    }

    /// <summary>Queues the dead letters for replay.</summary>
    public void Queue(long? id = null)
    {
        using var store = EmbeddedStore.Open(Data);
        store.Replay(null, id);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ComponentRegistry CreateRegistry()
    {
        var registry = new ComponentRegistry(typeof(FileSink).Assembly);
        registry.Add(typeof(ScriptedSource));
        registry.Add(typeof(RecordingSink));
        return registry;
    }
}
