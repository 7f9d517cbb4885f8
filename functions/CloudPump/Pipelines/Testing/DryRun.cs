using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;

namespace CloudPump.Pipelines.Testing;

/// <summary>
/// A pipeline without its sources and its sink: processors, routes and analyzers run as they always do, but nothing leaves. Unit tests and
/// `explain` look at what would happen. Used by one thread.
/// </summary>
public sealed class DryRun
{
    private const string Partition = "dry-run";
    private readonly ComponentRegistry _registry;
    private readonly BuildContext _context;
    private readonly IProcessor[] _processors;
    private readonly AnalyzerPieces _analyzers;

    /// <summary>Builds the processors.</summary>
    public DryRun(PipelineDefinition definition, ComponentRegistry registry, BuildContext context)
    {
        Definition = definition;
        _registry = registry;
        _context = context;
        _processors = [.. definition.Processors.Select(p => p.Build(context))];
        _analyzers = new AnalyzerPieces(definition, registry, _processors);
        _analyzers.AddPartition(Partition, null, holdsTimeBack: true);
    }

    /// <summary>What it was built from.</summary>
    public PipelineDefinition Definition { get; }

    /// <summary>How many events analyzers have set aside as late.</summary>
    public long Late => _processors.OfType<AnalyzerStep>().Sum(s => s.Late);

    /// <summary>An empty batch for this pipeline.</summary>
    public EventBatch CreateBatch() => new(_context.Fields);

    /// <summary>Takes a batch through all processors.</summary>
    public void Process(EventBatch batch)
    {
        batch.Compact();
        for (var step = 0; step < _processors.Length && batch.Rows.Length > 0; step++)
        {
            RunStep(batch, step);
        }
    }

    /// <summary>Runs one processor over a batch.</summary>
    public void RunStep(EventBatch batch, int step)
    {
        batch.Step = step;
        if (_processors[step] is IPreparedProcessor prepared)
        {
            // Tests and `explain` have one event in hand and nothing else to do.
            prepared.PrepareAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        _processors[step].Process(batch);
        batch.Compact();
    }

    /// <summary>The name in YAML of the component where a failure happened.</summary>
    public string NameOf(Failure failure) => failure.Step < 0 ? "source" : _registry.Of(Definition.Processors[failure.Step]).Name;

    /// <summary>How many events were sent to which pipeline since this was last called, in the order of the routes.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> TakeRouted()
    {
        var routed = new List<KeyValuePair<string, int>>();
        foreach (var outlet in _context.Outlets)
        {
            var blocks = new List<Outgoing>();
            outlet.Take(blocks);
            if (blocks.Count > 0)
            {
                routed.Add(KeyValuePair.Create(PipelineStreams.PipelineOf(outlet.Target) ?? outlet.Target, blocks.Sum(b => b.Count)));
            }
        }

        return [.. routed.GroupBy(r => r.Key, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, g.Sum(r => r.Value)))];
    }

    /// <summary>Ends the input, so that the analyzers close everything that is open.</summary>
    /// <param name="emit">Takes the results, and the pipeline or stream that gets them; valid during the call.</param>
    public void Finish(Action<string, ResultBatch> emit)
    {
        var pieces = new List<AnalyzerPiece>();
        _analyzers.Take(0, pieces, []);
        foreach (var key in _analyzers.Keys)
        {
            for (var number = 0; number < key.Definition.Shards; number++)
            {
                Close(key, number, pieces, results => emit(key.Definition.To ?? AnalyzerDefinition.FindingsStream, results));
            }
        }
    }

    private void Close(AnalyzerKey key, int number, List<AnalyzerPiece> pieces, Action<ResultBatch> emit)
    {
        var shard = new AnalyzerShard(key.Definition.CreateShard());
        foreach (var piece in pieces.Where(p => p.Analyzer == key.Key && p.Shard == number))
        {
            shard.Apply(piece.Partition, piece.Number, piece.Mark, piece.Body);
        }

        shard.Silence(Partition);
        shard.Close(new Origin(key.Key, number), _context.Time, emit);
    }
}
