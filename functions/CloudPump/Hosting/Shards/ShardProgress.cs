using System.Globalization;
using System.Text;
using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;

namespace CloudPump.Hosting.Shards;

/// <summary>How far the source partitions of an analyzer have got, as the progress rows tell, for one of its shards.</summary>
/// <param name="Partitions">Every partition: those with a row, and those that must exist and have none yet.</param>
internal sealed record ShardProgress(IReadOnlyList<ShardProgress.Partition> Partitions)
{
    /// <summary>A source partition.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Number">The last piece that it has for the shard; 0 when none.</param>
    /// <param name="Mark">Its watermark, or <see cref="AnalyzerStep.NoTime"/>.</param>
    /// <param name="Idle">It has brought nothing for longer than the analyzer waits.</param>
    public sealed record Partition(string Name, long Number, long Mark, bool Idle);

    /// <summary>Says in a few characters what the shard must have worked off: while it is the same, there is nothing to do.</summary>
    public string Fingerprint
    {
        get
        {
            var text = new StringBuilder();
            foreach (var p in Partitions)
            {
                text.Append(CultureInfo.InvariantCulture, $"{p.Name}|{p.Number}|{p.Mark}|{p.Idle}\n");
            }

            return StableHash.Of(Encoding.UTF8.GetBytes(text.ToString())).ToString("x16", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads the progress of an analyzer's partitions.</summary>
    public static ShardProgress Of(AnalyzerKey analyzer, int shard, KnownAnalyzer known, IReadOnlyList<ProgressRow> rows, IReadOnlyList<string> expected, DateTimeOffset now)
    {
        var idle = analyzer.Definition.Idle;
        var partitions = rows.Select(r => Of(analyzer, shard, r, now - r.Moved >= idle))
            .Concat(expected.Where(e => rows.All(r => r.Progress.Partition != e)).Select(e => new Partition(e, 0, AnalyzerStep.NoTime, now - known.Since >= idle)));
        return new ShardProgress([.. partitions.OrderBy(p => p.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The partitions that a pipeline's inputs must have, of those that hold time back.</summary>
    public static IReadOnlyList<string> Expected(string pipeline, HostTopology topology)
    {
        var hubs = topology.Hubs.ToDictionary(h => h.Name, h => h.Partitions, StringComparer.Ordinal);
        return [.. topology.Inputs.Where(i => i.Pipeline == pipeline).SelectMany(i => i.Kind switch
        {
            InputKind.Stream when !PipelineStreams.IsSignals(i.Entity) => Enumerable.Range(0, hubs[i.Entity]).Select(p => PartitionNames.OfStream(i.Entity, p)),
            InputKind.Topic => [PartitionNames.OfTopic(i.Entity, i.Consumer)],
            _ => Enumerable.Empty<string>(),
        })];
    }

    private static Partition Of(AnalyzerKey analyzer, int shard, ProgressRow row, bool idle)
    {
        var name = row.Progress.Partition;
        if (!row.Progress.Analyzers.TryGetValue(analyzer.Key, out var mark))
        {
            return new Partition(name, 0, AnalyzerStep.NoTime, idle);
        }

        var timeless = mark.Top == AnalyzerStep.NoTime || PartitionNames.HasNoTime(name);
        return new Partition(name, mark.Numbers[shard], timeless ? AnalyzerStep.NoTime : mark.Top - analyzer.Definition.Lateness.Ticks, idle);
    }
}
