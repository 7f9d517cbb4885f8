using CloudPump.Analyzers;
using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>Notices partitions that have brought nothing for longer than an analyzer waits. A bounded input has no idle partitions: its end comes.</summary>
internal sealed class IdleWatch(PipelineInstance instance, IReadOnlyList<WorkerPartition> partitions, EmbeddedOptions options)
{
    private readonly Dictionary<(int Partition, string Analyzer), long> _told = [];

    /// <summary>Tells the pipeline of newly idle partitions; true when there were any.</summary>
    public bool Check()
    {
        if (!options.Follow)
        {
            return false;
        }

        var any = false;
        foreach (var analyzer in instance.Analyzers)
        {
            foreach (var partition in partitions.Where(p => !p.Ended && p.Source.HoldsTimeBack))
            {
                if (partition.WaitingSince is { } since && options.Time.GetElapsedTime(since) >= analyzer.Definition.Idle && IsNew(partition, analyzer, since))
                {
                    instance.Silence(partition.Index, analyzer);
                    any = true;
                }
            }
        }

        return any;
    }

    private bool IsNew(WorkerPartition partition, AnalyzerKey analyzer, long since)
    {
        var isNew = !_told.TryGetValue((partition.Index, analyzer.Key), out var told) || told != since;
        _told[(partition.Index, analyzer.Key)] = since;
        return isNew;
    }
}
