using System.Diagnostics.Metrics;

namespace CloudPump.Pipelines;

/// <summary>The metrics of all pipelines of a process: meter `CloudPump`, every instrument tagged with `pipeline`.</summary>
public sealed class PipelineMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CloudPump";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _generated;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _filtered;
    private readonly Counter<long> _moved;
    private readonly Counter<long> _dead;
    private readonly Counter<long> _late;
    private readonly Counter<long> _closedEarly;
    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _lag;

    /// <summary>Makes the instruments.</summary>
    public PipelineMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _received = Events("received", "Events read from the sources.");
        _generated = Events("generated", "Children minus parents of generators.");
        _delivered = Events("delivered", "Events that the sink accepted durably.");
        _filtered = Events("filtered", "Events that filters took out.");
        _moved = Events("moved", "Events that routes moved to other pipelines.");
        _dead = Events("dead", "Events that became dead letters.");
        _late = Events("late", "Events that analyzers set aside as late.");
        _closedEarly = _meter.CreateCounter<long>("cloudpump.analyzer.closed_early", "{key}", "Keys that analyzers closed before their time because there were too many.");
        _lag = _meter.CreateHistogram<double>("cloudpump.lag", "s", "Age of the oldest event of a batch when the batch was done: how far the pipeline is behind its input.");
        _commit = _meter.CreateHistogram<double>("cloudpump.commit.duration", "s", "Time from the sink's flush to the durable commit.");
    }

    /// <summary>Adds what one commit brought.</summary>
    public void Record(string pipeline, in Accounting counts, TimeSpan commit)
    {
        var tag = new KeyValuePair<string, object?>("pipeline", pipeline);
        _received.Add(counts.Received, tag);
        _generated.Add(counts.Generated, tag);
        _delivered.Add(counts.Delivered, tag);
        _filtered.Add(counts.Filtered, tag);
        _moved.Add(counts.Moved, tag);
        _dead.Add(counts.Dead, tag);
        _late.Add(counts.Late, tag);
        _closedEarly.Add(counts.ClosedEarly, tag);
        _commit.Record(commit.TotalSeconds, tag);
    }

    /// <summary>Notes how old the oldest event of a batch was when the batch was done.</summary>
    public void RecordLag(string pipeline, TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("pipeline", pipeline));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Counter<long> Events(string name, string description) => _meter.CreateCounter<long>("cloudpump.events." + name, "{event}", description);
}
