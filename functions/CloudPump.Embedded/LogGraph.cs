using CloudPump.Analyzers;
using CloudPump.Embedded.Storage;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>Which of the pipelines that run together write and read which logs: a log is complete when all its writers have finished.</summary>
internal sealed class LogGraph
{
    private readonly StreamLogs _logs;
    private readonly List<PipelineDefinition> _waiting;
    private readonly Dictionary<string, List<StreamLog>> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StreamLog>> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<StreamLog, HashSet<string>> _senders = [];
    private readonly HashSet<string> _streams = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public LogGraph(StreamLogs logs, IReadOnlyList<PipelineDefinition> definitions)
    {
        _logs = logs;
        _waiting = [.. definitions.Where(d => d.Triggers.Any())];
        foreach (var definition in definitions)
        {
            var routes = logs.Subscribe(PipelineStreams.RoutesTopic, definition.Name, definition.Name);
            var stream = OfStream(PipelineStreams.Of(definition.Name), 1);
            _inputs[definition.Name] = [routes, .. stream, .. definition.Triggers.Any() ? OfStream(PipelineStreams.SignalsOf(definition.Name), 1) : []];
        }

        foreach (var definition in definitions)
        {
            AddTargets(definition);
        }
    }

    /// <summary>The logs that a pipeline writes to.</summary>
    public IReadOnlyList<StreamLog> TargetsOf(PipelineDefinition definition) => _targets[definition.Name];

    /// <summary>The logs that carry what other pipelines send to this one; none when nobody ever has.</summary>
    public IEnumerable<StreamLog> InputsOf(PipelineDefinition definition) => _inputs[definition.Name].Where(log => HasSender(log) || log.Next > 0);

    /// <summary>Whether a pipeline that runs here writes to the log.</summary>
    public bool HasSender(StreamLog log) => _senders.ContainsKey(log);

    /// <summary>Whether a pipeline that runs here writes to the stream.</summary>
    public bool IsWrittenHere(string stream) => _streams.Contains(stream);

    /// <summary>Notes that a pipeline has finished, and completes the logs that nobody writes to any more.</summary>
    public void Finished(string pipeline)
    {
        lock (_lock)
        {
            foreach (var log in _targets[pipeline].Where(log => _senders[log].Remove(pipeline) && _senders[log].Count == 0))
            {
                log.Complete();
            }
        }
    }

    private void AddTargets(PipelineDefinition definition)
    {
        var targets = new List<StreamLog>();
        foreach (var reference in definition.Targets)
        {
            if (_inputs.TryGetValue(reference.Pipeline, out var inputs))
            {
                targets.Add(inputs[reference.ViaStream ? 1 : 0]);
            }
            else if (!reference.ViaStream)
            {
                // A pipeline that does not run here finds what was sent to it when it does.
                _logs.Subscribe(PipelineStreams.RoutesTopic, reference.Pipeline, reference.Pipeline);
            }
        }

        foreach (var told in _waiting.Where(w => w.Triggers.Any(t => t.Pipeline == definition.Name)))
        {
            targets.Add(_inputs[told.Name][2]);
        }

        if (definition.Sink is StreamSink sink)
        {
            targets.AddRange(OfStream(sink.Name, sink.Partitions));
            _streams.Add(sink.Name);
        }

        if (definition.Processors.OfType<AnalyzerDefinition>().Any(a => a is { To: null, EmitsResults: true }))
        {
            targets.AddRange(OfStream(AnalyzerDefinition.FindingsStream, AnalyzerDefinition.FindingsPartitions));
            _streams.Add(AnalyzerDefinition.FindingsStream);
        }

        _targets[definition.Name] = [.. targets.Distinct()];
        foreach (var log in targets)
        {
            (_senders.TryGetValue(log, out var senders) ? senders : _senders[log] = new(StringComparer.Ordinal)).Add(definition.Name);
        }
    }

    private IEnumerable<StreamLog> OfStream(string stream, int partitions) =>
        Enumerable.Range(0, _logs.PartitionsOf(stream, partitions)).Select(p => _logs.OfStream(stream, p));
}
