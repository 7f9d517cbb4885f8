using CloudPump.Events;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>Takes the pieces of a pipeline's analyzers and numbers them per shard and source partition.</summary>
internal sealed class AnalyzerPieces
{
    private readonly AnalyzerStep[] _steps;
    private readonly List<Partition> _partitions = [];
    private readonly ByteBuffer _piece = new();

    public AnalyzerPieces(PipelineDefinition pipeline, ComponentRegistry registry, IReadOnlyList<IProcessor> processors)
    {
        _steps = [.. processors.OfType<AnalyzerStep>()];
        Keys = AnalyzerKey.Of(pipeline, registry);
    }

    public IReadOnlyList<AnalyzerKey> Keys { get; }

    /// <summary>How many keys and events wait to go into pieces.</summary>
    public long Pending => _steps.Sum(static s => s.Pending);

    public void AddPartition(string name, PartitionProgress? progress, bool holdsTimeBack)
    {
        var marks = Keys.Select(k => progress?.Analyzers.GetValueOrDefault(k.Key) ?? new AnalyzerMark(AnalyzerStep.NoTime, new long[k.Definition.Shards])).ToArray();
        var others = progress?.Analyzers.Where(m => Keys.All(k => k.Key != m.Key)).ToArray() ?? [];
        _partitions.Add(new Partition(name, marks, others, holdsTimeBack));
        for (var a = 0; a < _steps.Length; a++)
        {
            _steps[a].AddPartition(marks[a].Top, holdsTimeBack);
        }
    }

    /// <summary>Tells the analyzers that another pipeline has had events, by way of a partition of signals.</summary>
    public void Wake(int partition) => Array.ForEach(_steps, s => s.Wake(partition));

    public Dictionary<string, AnalyzerMark> Take(int index, List<AnalyzerPiece> pieces, List<WatermarkMove> watermarks)
    {
        var partition = _partitions[index];
        var result = new Dictionary<string, AnalyzerMark>(partition.Others, StringComparer.Ordinal);
        for (var a = 0; a < _steps.Length; a++)
        {
            var key = Keys[a];
            var top = _steps[a].Top(index);
            var mark = top == AnalyzerStep.NoTime || !partition.HoldsTimeBack ? AnalyzerStep.NoTime : top - key.Definition.Lateness.Ticks;
            TakeShards(index, a, mark, pieces);
            partition.Marks[a] = partition.Marks[a] with { Top = top };
            result[key.Key] = partition.Marks[a];
            if (mark != AnalyzerStep.NoTime)
            {
                watermarks.Add(new WatermarkMove(key.Key, partition.Name, mark));
            }
        }

        return result;
    }

    public long TakeLate() => _steps.Sum(s => s.TakeLate());

    private void TakeShards(int index, int analyzer, long mark, List<AnalyzerPiece> pieces)
    {
        var partition = _partitions[index];
        var numbers = (long[])partition.Marks[analyzer].Numbers.Clone();
        for (var shard = 0; shard < numbers.Length; shard++)
        {
            _piece.Clear();
            if (_steps[analyzer].TakePiece(index, shard, _piece))
            {
                pieces.Add(new AnalyzerPiece(Keys[analyzer].Key, shard, partition.Name, ++numbers[shard], mark, _piece.Written.ToArray()));
            }
        }

        partition.Marks[analyzer] = partition.Marks[analyzer] with { Numbers = numbers };
    }

    /// <param name="Name">The source partition's name.</param>
    /// <param name="Marks">What has been taken for each of the analyzers.</param>
    /// <param name="Others">The same of definitions that are gone: one that comes back goes on with its numbers.</param>
    /// <param name="HoldsTimeBack">Whether it has a watermark.</param>
    private sealed record Partition(string Name, AnalyzerMark[] Marks, KeyValuePair<string, AnalyzerMark>[] Others, bool HoldsTimeBack);
}
