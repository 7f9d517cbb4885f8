using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Pipelines;

namespace CloudPump.Tests.Analyzers;

/// <summary>Takes JSON events through an analyzer piece by piece: `s` is the event time in seconds, unless the definition says otherwise.</summary>
internal sealed class AnalyzerFeed
{
    private readonly AnalyzerDefinition _definition;
    private readonly AnalyzerStep _step;
    private long _pieces;

    public AnalyzerFeed(AnalyzerDefinition definition)
    {
        if (definition.Name.Length == 0)
        {
            (definition.Name, definition.Time) = ("a", AnalyzerRig.Seconds);
        }

        _definition = definition;
        _step = definition.BuildStep(Context);
        _step.AddPartition(AnalyzerStep.NoTime);
        State = definition.CreateShard();
        Shard = new AnalyzerShard(State);
        Shard.AddPartition("p");
    }

    public BuildContext Context { get; } = Bench.NewContext();

    public IShardState State { get; private set; }

    public AnalyzerShard Shard { get; private set; }

    public long Late => _step.Late;

    /// <summary>Takes events as one piece; returns the results that it brings.</summary>
    public List<string> Add(params string[] events)
    {
        var bench = new Bench(Context).Add(events).Parse(new CloudPump.Parsers.Json()).Run(_step);
        Assert.Empty(bench.Batch.Failures);
        var piece = new ByteBuffer();
        if (_step.TakePiece(0, 0, piece))
        {
            Shard.Apply("p", ++_pieces, _step.Top(0) - _definition.Lateness.Ticks, piece.Written);
        }

        return Close();
    }

    /// <summary>Time moves on without an event.</summary>
    public List<string> MoveTo(int seconds)
    {
        Shard.Move("p", AnalyzerRig.Ticks(seconds));
        return Close();
    }

    /// <summary>The end of the input.</summary>
    public List<string> End()
    {
        Shard.Silence("p");
        return Close();
    }

    /// <summary>Saves the shard and goes on with what was saved.</summary>
    public void Restart()
    {
        var saved = WindowRig.Save(Shard);
        State = _definition.CreateShard();
        Shard = new AnalyzerShard(State);
        Shard.Load(saved);
    }

    private List<string> Close() => WindowRig.Close(Shard).ConvertAll(AnalyzerRig.Short);
}
