using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Tests.Analyzers;

namespace CloudPump.Tests.Embedded;

/// <summary>Random events of two partitions as the commits that a pipeline makes of them; now and then a partition falls silent, or time moves without an event.</summary>
internal sealed class ShardFeed
{
    private static readonly string[] Partitions = ["a", "b"];
    private readonly Random _random;
    private readonly EventBatch _batch;
    private readonly AnalyzerKey _analyzer;
    private readonly AnalyzerStep _step;
    private readonly long[,] _numbers;
    private readonly List<WindowEvent>[] _events;
    private readonly int[] _positions = new int[Partitions.Length];

    public ShardFeed(Random random, EventBatch batch, AnalyzerDefinition definition, string key, int keys = 1)
    {
        (_random, _batch, _analyzer) = (random, batch, new AnalyzerKey(key, definition));
        _step = definition.BuildStep(WindowRig.ContextOf(batch));
        _numbers = new long[Partitions.Length, definition.Shards];
        _events = [.. Partitions.Select(_ => WindowRig.RandomEvents(random, 200, disorder: 6).ConvertAll(e => e with { Key = keys == 1 ? e.Key : e.Key + random.Next(keys) }))];
        Array.ForEach(Partitions, _ => _step.AddPartition(AnalyzerStep.NoTime));
    }

    /// <summary>Makes the analyzer known to a store.</summary>
    public void Open(StoreRig rig) => rig.Shards.Open(_analyzer, Partitions.ToHashSet(StringComparer.Ordinal));

    /// <summary>The next commit; with the last one all partitions have ended.</summary>
    public Commit Next(bool isLast)
    {
        if (isLast || _random.Next(9) == 0)
        {
            return StoreRig.Commit(silent: [.. Partitions.Where(_ => isLast || _random.Next(4) > 0).Select(name => new SilentPartition(_analyzer.Key, name))]);
        }

        var p = _random.Next(Partitions.Length);
        var count = _random.Next(1, 12);
        WindowRig.Fill(_batch, p, _events[p].Skip(_positions[p]).Take(count), _positions[p]);
        _positions[p] += count;
        _step.Process(_batch);
        var silent = _random.Next(6) == 0 ? Partitions.Where(name => name != Partitions[p] || _random.Next(3) == 0).Select(name => new SilentPartition(_analyzer.Key, name)) : [];
        return StoreRig.Commit(pieces: [.. Pieces(p)], moves: _step.Top(p) == AnalyzerStep.NoTime ? [] : [new WatermarkMove(_analyzer.Key, Partitions[p], Mark(p))], silent: [.. silent]);
    }

    private long Mark(int p) => _step.Top(p) - _analyzer.Definition.Lateness.Ticks;

    private IEnumerable<AnalyzerPiece> Pieces(int p)
    {
        for (var shard = 0; shard < _analyzer.Definition.Shards; shard++)
        {
            var piece = new ByteBuffer();
            if (_step.TakePiece(p, shard, piece))
            {
                yield return new AnalyzerPiece(_analyzer.Key, shard, Partitions[p], ++_numbers[p, shard], Mark(p), piece.Written.ToArray());
            }
        }
    }
}
