using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>Notices partitions that have brought nothing for longer than an analyzer waits. A bounded input has no idle partitions: its end comes.</summary>
internal sealed class IdleWatch(PipelineInstance instance, IReadOnlyList<WorkerPartition> partitions, EmbeddedOptions options)
{
    private readonly HashSet<(int Partition, string Analyzer, long Since)> _told = [];
    private readonly long _started = options.Time.GetTimestamp();

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
                var since = partition.LastEvents == 0 ? _started : partition.LastEvents;
                if (options.Time.GetElapsedTime(since) >= analyzer.Definition.Idle && _told.Add((partition.Index, analyzer.Key, since)))
                {
                    instance.Silence(partition.Index, analyzer);
                    any = true;
                }
            }
        }

        return any;
    }
}
