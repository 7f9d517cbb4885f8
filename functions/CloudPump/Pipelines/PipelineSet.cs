using CloudPump.Lookups;

namespace CloudPump.Pipelines;

/// <summary>Pipelines that were loaded together, with what they refer to.</summary>
public sealed class PipelineSet
{
    private readonly Dictionary<string, PipelineDefinition> _byName;

    /// <summary>Puts definitions together, as C# does; files are loaded by <see cref="PipelineLoader"/>.</summary>
    /// <param name="pipelines">The pipelines asked for, in order.</param>
    /// <param name="siblings">Pipelines that those may refer to.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="lookups">The lookups.</param>
    public PipelineSet(IReadOnlyList<PipelineDefinition> pipelines, IEnumerable<PipelineDefinition>? siblings = null, ConnectionSet? connections = null, LookupSet? lookups = null)
    {
        Pipelines = pipelines;
        Lookups = lookups ?? new LookupSet();
        Connections = connections ?? new ConnectionSet();
        _byName = (siblings ?? []).Where(s => pipelines.All(p => p.Name != s.Name)).Concat(pipelines)
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>The pipelines asked for.</summary>
    public IReadOnlyList<PipelineDefinition> Pipelines { get; }

    /// <summary>The connections of their folders.</summary>
    public ConnectionSet Connections { get; }

    /// <summary>The lookups of their folders.</summary>
    public LookupSet Lookups { get; }

    /// <summary>The pipeline of a name, siblings included, or null.</summary>
    public PipelineDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The pipelines asked for and all that they send to, senders before receivers.</summary>
    public IReadOnlyList<PipelineDefinition> Reachable()
    {
        var done = new List<PipelineDefinition>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pipeline in Pipelines.Reverse())
        {
            Visit(pipeline, done, seen);
        }

        done.Reverse();
        return done;
    }

    private void Visit(PipelineDefinition pipeline, List<PipelineDefinition> done, HashSet<string> seen)
    {
        if (!seen.Add(pipeline.Name))
        {
            return;
        }

        foreach (var target in pipeline.Targets.Select(t => Find(t.Pipeline)).OfType<PipelineDefinition>().Reverse())
        {
            Visit(target, done, seen);
        }

        done.Add(pipeline);
    }
}
