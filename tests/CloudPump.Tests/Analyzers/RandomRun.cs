using System.Text;
using CloudPump.Analyzers;
using CloudPump.Events;

namespace CloudPump.Tests.Analyzers;

/// <summary>
/// Takes random events of several partitions through an analyzer and its naive model side by side: batches and pieces cut anywhere, pieces repeated, partitions that join, fall
/// silent and come back, shards saved and loaded in between. After every piece each shard must have told the same results in the same order, and as many late events.
/// </summary>
internal sealed class RandomRun
{
    private readonly Random _random;
    private readonly AnalyzerDefinition _definition;
    private readonly EventBatch _batch;
    private readonly AnalyzerStep _step;
    private readonly AnalyzerShard[] _shards;
    private readonly INaiveModel[] _models;
    private readonly NaiveTime _time;
    private readonly List<NaiveEvent>[] _sources;
    private readonly List<NaiveEvent>[] _pending;
    private readonly long[,] _numbers;
    private readonly StringBuilder _story = new();

    public RandomRun(int seed, EventBatch batch, Func<Random, AnalyzerDefinition> make, Func<AnalyzerDefinition, INaiveModel> model)
    {
        _random = new Random(seed);
        _batch = batch;
        _definition = make(_random);
        _sources = NaiveEvent.Sources(_random);
        _pending = [.. _sources.Select(_ => new List<NaiveEvent>())];
        _step = _definition.BuildStep(WindowRig.ContextOf(batch));
        _shards = [.. Enumerable.Range(0, _definition.Shards).Select(_ => new AnalyzerShard(_definition.CreateShard()))];
        _models = [.. _shards.Select(_ => model(_definition))];
        _time = new NaiveTime(_sources.Length, _definition.Lateness.Ticks);
        _numbers = new long[_sources.Length, _shards.Length];
        for (var p = 0; p < _sources.Length; p++)
        {
            _step.AddPartition(AnalyzerStep.NoTime);
            Join(p);
        }
    }

    /// <summary>How many results there were, how many events were late, and how many of those because partitions had been silent.</summary>
    public (int Results, long Late, long AfterSilence) Counts { get; private set; }

    public void Go()
    {
        while (Array.FindAll(_sources, s => s.Count > 0) is { Length: > 0 } open)
        {
            var p = Array.IndexOf(_sources, open[_random.Next(open.Length)]);
            Process(p, _random.Next(1, 8));
            if (_random.Next(3) > 0)
            {
                Commit(p);
            }

            if (_random.Next(6) == 0)
            {
                Silence(p => _random.Next(3) > 0);
            }
        }

        foreach (var p in Enumerable.Range(0, _sources.Length).Where(p => _pending[p].Count > 0))
        {
            Commit(p);
        }

        Silence(_ => true);
    }

    // One that a shard does not know yet does not hold its time back.
    private void Join(int partition)
    {
        if (_random.Next(4) > 0)
        {
            _time.Add(partition);
            Array.ForEach(_shards, s => s.AddPartition(Name(partition)));
        }
    }

    private void Process(int p, int count)
    {
        var events = _sources[p].Take(count).ToList();
        _sources[p].RemoveRange(0, events.Count);
        WindowRig.Fill(_batch, p, events.Select(e => e.Event), events[0].Offset);
        _step.Process(_batch);
        var taken = events.FindAll(e => _time.See(p, e.Time));
        _pending[p].AddRange(taken);
        var late = _step.TakeLate();
        Check(late == events.Count - taken.Count, $"{late} events are late, but {events.Count - taken.Count} in the model");
        Counts = Counts with { Late = Counts.Late + late };
        _story.AppendLine($"read from p{p}: {string.Join(" ", events.Select(e => $"{(taken.Contains(e) ? "" : "late:")}{e.Time}/{e.Key}/{e.Event.Value}"))}");
    }

    private void Commit(int p)
    {
        _time.Commit(p);
        _story.AppendLine($"p{p} applied");
        var events = _pending[p].ToLookup(e => e.ShardOf(_shards.Length));
        for (var s = 0; s < _shards.Length; s++)
        {
            var piece = new ByteBuffer();
            var late = _step.TakePiece(p, s, piece) ? Apply(s, p, piece) : 0;
            _shards[s].Move(Name(p), _step.Top(p) - _definition.Lateness.Ticks);
            var expected = _models[s].Apply([.. events[s]]);
            Check(late == expected, $"{late} events of p{p} came too late to shard {s}, but {expected} in the model");
            Counts = (Counts.Results, Counts.Late + late, Counts.AfterSilence + late);
            Close(s);
        }

        _pending[p].Clear();
    }

    private long Apply(int s, int p, ByteBuffer piece)
    {
        var late = _shards[s].Apply(Name(p), ++_numbers[p, s], _step.Top(p) - _definition.Lateness.Ticks, piece.Written);
        return late + (_random.Next(3) == 0 ? _shards[s].Apply(Name(p), _numbers[p, s], 0, piece.Written) : 0);
    }

    private void Silence(Predicate<int> which)
    {
        foreach (var p in Enumerable.Range(0, _sources.Length).Where(p => which(p)))
        {
            _story.AppendLine($"p{p} silent");
            _time.Silence(p);
            Array.ForEach(_shards, s => s.Silence(Name(p)));
        }

        for (var s = 0; s < _shards.Length; s++)
        {
            Close(s);
        }
    }

    private void Close(int s)
    {
        var (found, expected) = (WindowRig.Close(_shards[s]), _models[s].Close(_time.Mark));
        _story.AppendLine($"shard {s} closed with {_time.Mark}");
        Check(found.SequenceEqual(expected, StringComparer.Ordinal), $"shard {s} told\n{string.Join('\n', found)}\n--- but the model\n{string.Join('\n', expected)}");
        Counts = Counts with { Results = Counts.Results + found.Count };
        _shards[s] = _random.Next(8) == 0 ? WindowRig.Reload(_shards[s], _definition) : _shards[s];
    }

    private void Check(bool isRight, string difference)
    {
        if (!isRight)
        {
            Assert.Fail($"{_definition.GetType().Name} after\n{_story}{difference}");
        }
    }

    private static string Name(int partition) => $"p{partition}";
}
