using CloudPump.Analyzers;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Topology;

/// <summary>
/// What a set of pipelines needs of a host of functions: the functions themselves, the event hubs with their consumer groups, the subscriptions. It is read
/// from the pipelines alone, so the function app, the infrastructure and the emulators agree without a second list.
/// </summary>
public sealed class HostTopology
{
    /// <summary>The most shards that the analyzers of one pipeline may have together: one table transaction takes a hundred rows, and one is the progress.</summary>
    public const int MostShards = 99;

    private const int LongestConsumer = 50;
    private const string Reserved = "cloudpump-";
    private readonly Dictionary<string, HubBuilder> _hubs = new(StringComparer.Ordinal);
    private readonly List<PipelineInput> _inputs = [];
    private readonly List<SubscriptionPlan> _subscriptions = [];
    private readonly List<Diagnostic> _mistakes = [];

    private HostTopology(IReadOnlyList<PipelineDefinition> pipelines)
    {
        foreach (var pipeline in pipelines)
        {
            AddTargets(pipeline);
        }

        foreach (var pipeline in pipelines)
        {
            AddInputs(pipeline, pipelines);
            CheckShards(pipeline);
        }

        CheckNames();
    }

    /// <summary>Every way by which a pipeline gets events, in the order of the pipelines.</summary>
    public IReadOnlyList<PipelineInput> Inputs => _inputs;

    /// <summary>The event hubs, by name.</summary>
    public IReadOnlyList<HubPlan> Hubs => [.. _hubs.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new HubPlan(h.Key, h.Value.Partitions, h.Value.Consumers))];

    /// <summary>The subscriptions of the topic of routes.</summary>
    public IReadOnlyList<SubscriptionPlan> Subscriptions => _subscriptions;

    /// <summary>Reads what the pipelines of a set need.</summary>
    /// <exception cref="DefinitionException">A pipeline cannot run on functions; the message says which and why.</exception>
    public static HostTopology Of(PipelineSet set)
    {
        var topology = new HostTopology(set.Reachable());
        return topology._mistakes.Count == 0 ? topology : throw new DefinitionException(topology._mistakes);
    }

    private void AddTargets(PipelineDefinition pipeline)
    {
        foreach (var stream in pipeline.Sources.OfType<StreamSource>())
        {
            Hub(stream.Name, stream.Partitions);
        }

        if (pipeline.Sink is StreamSink sink)
        {
            Hub(sink.Name, sink.Partitions);
        }

        foreach (var target in pipeline.Targets.Where(t => t.ViaStream))
        {
            Hub(PipelineStreams.Of(target.Pipeline), 1);
        }

        if (pipeline.Triggers.Any())
        {
            Hub(PipelineStreams.SignalsOf(pipeline.Name), 1);
        }

        if (pipeline.Processors.OfType<AnalyzerDefinition>().Any(a => a is { To: null, EmitsResults: true }))
        {
            Hub(AnalyzerDefinition.FindingsStream, AnalyzerDefinition.FindingsPartitions);
        }
    }

    private void AddInputs(PipelineDefinition pipeline, IReadOnlyList<PipelineDefinition> all)
    {
        var references = all.SelectMany(p => p.Targets).Where(t => t.Pipeline == pipeline.Name).ToList();
        var streams = pipeline.Sources.OfType<StreamSource>().Select(s => (Stream: s.Name, Suffix: s.Name.Replace('.', '-')))
            .Concat(references.Exists(r => r.ViaStream) ? [(PipelineStreams.Of(pipeline.Name), "results")] : [])
            .Concat(pipeline.Triggers.Any() ? [(PipelineStreams.SignalsOf(pipeline.Name), "signals")] : []).Distinct().ToList();
        var posted = pipeline.Sources.Count > 0;
        var topic = references.Exists(r => !r.ViaStream) || (posted && !pipeline.Sources.OfType<StreamSource>().Any());
        var triggered = pipeline.Sources.Where(s => s is not StreamSource).ToList();
        var many = streams.Count + triggered.Count + (topic ? 1 : 0) > 1;
        foreach (var (stream, suffix) in streams)
        {
            AddStream(pipeline.Name, many ? $"{pipeline.Name}-{suffix}" : pipeline.Name, stream);
        }

        if (topic)
        {
            AddTopic(pipeline.Name, many ? $"{pipeline.Name}-routes" : pipeline.Name);
        }

        for (var s = 0; s < triggered.Count; s++)
        {
            AddSchedule(pipeline.Name, triggered[s], many ? $"{pipeline.Name}-schedule{(triggered.Count > 1 ? s + 1 : "")}" : pipeline.Name);
        }

        if (posted)
        {
            _inputs.Add(new PipelineInput(pipeline.Name, InputKind.Http, $"{pipeline.Name}-http", $"ingest/{pipeline.Name}", ""));
        }
    }

    private void AddStream(string pipeline, string function, string stream)
    {
        var consumer = ConsumerOf(function);
        Hub(stream, 1).Consumers.Add(consumer);
        _inputs.Add(new PipelineInput(pipeline, InputKind.Stream, function, stream, consumer));
    }

    private void AddTopic(string pipeline, string function)
    {
        _subscriptions.Add(new SubscriptionPlan(PipelineStreams.RoutesTopic, pipeline, pipeline));
        _inputs.Add(new PipelineInput(pipeline, InputKind.Topic, function, PipelineStreams.RoutesTopic, pipeline));
    }

    private void AddSchedule(string pipeline, SourceDefinition source, string function)
    {
        if (source is TriggeredSource triggered)
        {
            _inputs.Add(new PipelineInput(pipeline, InputKind.Schedule, function, triggered.Schedule, "", source));
            return;
        }

        _mistakes.Add(new Diagnostic(source.Location, $"This source of '{pipeline}' cannot run as a function: it is neither a stream nor read on a schedule."));
    }

    private void CheckShards(PipelineDefinition pipeline)
    {
        var analyzers = pipeline.Processors.OfType<AnalyzerDefinition>().ToList();
        if (analyzers.Sum(a => a.Shards) > MostShards)
        {
            _mistakes.Add(new Diagnostic(analyzers[^1].LocationOf("shards"), $"The analyzers of '{pipeline.Name}' have {analyzers.Sum(a => a.Shards)} shards together; on Azure one pipeline takes {MostShards}, since they are written in one transaction. Use fewer shards, or split the pipeline."));
        }
    }

    private void CheckNames()
    {
        foreach (var taken in _inputs.Where(i => i.Function.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)).DistinctBy(i => i.Pipeline))
        {
            _mistakes.Add(new Diagnostic(default, $"The pipeline '{taken.Pipeline}' cannot be named so: functions that begin with '{Reserved}' are the app's own."));
        }

        foreach (var twice in _inputs.GroupBy(i => i.Function, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()))
        {
            _mistakes.Add(new Diagnostic(default, $"Two functions would be named '{twice.Key}': those of {string.Join(" and ", twice.Select(i => $"'{i.Pipeline}'"))}. Rename a pipeline or a stream."));
        }
    }

    private HubBuilder Hub(string name, int partitions)
    {
        if (!_hubs.TryGetValue(name, out var hub))
        {
            _hubs.Add(name, hub = new HubBuilder());
        }

        hub.Partitions = Math.Max(hub.Partitions, partitions);
        return hub;
    }

    // A consumer group's name has at most 50 characters.
    private static string ConsumerOf(string function) => function.Length <= LongestConsumer
        ? function
        : $"{function[..(LongestConsumer - 9)]}-{Events.StableHash.Of(System.Text.Encoding.UTF8.GetBytes(function)) & 0xffff_ffff:x8}";

    private sealed class HubBuilder
    {
        public int Partitions { get; set; } = 1;

        public List<string> Consumers { get; } = [];
    }
}
