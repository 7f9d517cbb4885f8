using CloudPump.Hosting.Topology;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Invocations;

/// <summary>Builds running pipelines for one partition each: the same pipeline runs in many of them side by side.</summary>
internal sealed class PipelineFactory(PipelineSet set, HostTopology topology, ComponentRegistry registry, InvocationOptions options, PipelineMetrics metrics)
{
    private readonly PlannedStreams _streams = new(topology);
    private readonly IReadOnlyList<PipelineDefinition> _all = set.Reachable();

    /// <summary>Builds a pipeline.</summary>
    public PipelineInstance Create(PipelineDefinition definition) => new(definition, registry, Context(definition), metrics);

    private BuildContext Context(PipelineDefinition definition) => new()
    {
        Pipeline = definition.Name,
        Time = options.Time,
        Streams = _streams,
        Tells = [.. _all.Where(p => p.Triggers.Any(t => t.Pipeline == definition.Name)).Select(p => p.Name)],
        Connections = set.Connections,
        DataFolder = options.DataFolder,
        StandardOutput = Console.OpenStandardOutput,
        Warn = options.Warn,
        Durable = true,
        KeepsPositions = true,
        Services = options.Services,
    };
}
