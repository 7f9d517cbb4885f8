using CloudPump.App.Output;
using CloudPump.Connectors.Files;
using CloudPump.Pipelines;

namespace CloudPump.App.Hosting;

/// <summary>The pipelines of the app. A wrong file fails the start, with the message that `cloudpump check` gives.</summary>
public sealed class PipelineCatalog
{
    /// <summary>Reads the folder of the pipelines.</summary>
    /// <exception cref="DefinitionException">There are mistakes.</exception>
    public PipelineCatalog(AppSettings settings)
    {
        Registry = new ComponentRegistry(typeof(FileSink).Assembly);
        Registry.Add(typeof(OutputSink));
        var set = new PipelineLoader(Registry, settings.Find).Load([settings.PipelineFolder]);
        Set = new PipelineSet([.. set.Pipelines.Select(WithLastingSink)], connections: set.Connections, lookups: set.Lookups);
    }

    /// <summary>Takes pipelines as they are.</summary>
    internal PipelineCatalog(ComponentRegistry registry, PipelineSet set) => (Registry, Set) = (registry, set);

    /// <summary>The components.</summary>
    public ComponentRegistry Registry { get; }

    /// <summary>The pipelines.</summary>
    public PipelineSet Set { get; }

    // An instance's disk is gone with the instance: what a pipeline writes to a file on one machine goes to blobs here.
    private static PipelineDefinition WithLastingSink(PipelineDefinition pipeline) =>
        pipeline.Sink is FileSink file ? pipeline.With(sink: new OutputSink { Path = file.Path, Location = file.Location }) : pipeline;
}
