using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Lookups;

namespace CloudPump.Pipelines;

/// <summary>What a component may know and use when a pipeline is built; one per pipeline instance.</summary>
public sealed class BuildContext
{
    private readonly List<Outlet> _outlets = [];
    private int _lanes;
    private int _memories;

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The names of its fields.</summary>
    public FieldTable Fields { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The host's streams; null where events go nowhere (unit tests, explain).</summary>
    public IStreams? Streams { get; init; }

    /// <summary>The connections.</summary>
    public ConnectionSet Connections { get; init; } = new();

    /// <summary>The lookups.</summary>
    public LookupHost? Lookups { get; init; }

    /// <summary>Nothing outside may be asked: unit tests.</summary>
    public bool Offline { get; init; }

    /// <summary>What is to be written with the next commit.</summary>
    public PendingWrites Writes { get; } = new();

    /// <summary>Where installed data lies, such as geoip databases; null when there is none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Standard output, for the sink that writes there.</summary>
    public Func<Stream> StandardOutput { get; init; } = static () => Stream.Null;

    /// <summary>Tells the user something once.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Whether outputs must be on disk before a commit: not when the store itself is temporary.</summary>
    public bool Durable { get; init; }

    /// <summary>
    /// What is sent keeps its positions, each sending step apart, so that receivers can drop repeats: for hosts whose transport delivers at least once.
    /// </summary>
    public bool KeepsPositions { get; init; }

    /// <summary>The pipelines that want to be told of this one's events.</summary>
    public IReadOnlyList<string> Tells { get; init; } = [];

    /// <summary>What the host supplies besides, such as its own way to send to a system; null when it supplies nothing.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Every place that this pipeline sends to.</summary>
    public IReadOnlyList<Outlet> Outlets => _outlets;

    /// <summary>Whose memory it is, where several instances of a pipeline run side by side: the source partition; empty for the only one.</summary>
    public string MemoryScope { get; init; } = "";

    /// <summary>The table for the memory of the next step that has one; the same at every start, as long as the pipeline is the same.</summary>
    public string NextMemory(string step) => $"memory/{Pipeline}/{step}{++_memories}/{MemoryScope}";

    /// <summary>The lookup that a component names.</summary>
    /// <exception cref="LookupException">There is none, or its key has another number of parts.</exception>
    public Lookup LookupOf(ComponentDefinition component, string name, IReadOnlyList<string> key)
    {
        var lookup = Lookups?.Find(name) ?? throw new LookupException($"{component.Location}: there is no lookup '{name}' in {LookupSet.FileName}.");
        return KeyFields.Problem(lookup.Definition, key) is { } problem ? throw new LookupException($"{component.LocationOf("key")}: {problem}") : lookup;
    }

    /// <summary>A name for the next step that sends; the same at every start, as long as the pipeline is the same.</summary>
    public string NextLane(string step) => $"{step}{++_lanes}";

    /// <summary>Where events for another pipeline or a stream are collected.</summary>
    /// <param name="kind">Over a topic or a stream.</param>
    /// <param name="target">The pipeline or stream.</param>
    /// <param name="lane">Which step sends them: it gets each event at most once, in order.</param>
    /// <param name="partitions">How many partitions a new stream gets.</param>
    public Outlet Outlet(OutletKind kind, string target, string lane, int partitions = 1)
    {
        lane = KeepsPositions ? lane : "";
        var outlet = _outlets.Find(o => o.Kind == kind && o.Target == target && o.Lane == lane);
        if (outlet is null)
        {
            var count = kind == OutletKind.Stream ? Streams?.PartitionsOf(target, partitions) ?? 1 : 1;
            outlet = new Outlet(kind, target, lane, count, Fields, KeepsPositions);
            _outlets.Add(outlet);
        }

        return outlet;
    }
}
