using CloudPump.Hosting;

namespace CloudPump.Pipelines;

/// <summary>A sink as a pipeline declares it.</summary>
public abstract class SinkDefinition : ComponentDefinition
{
    /// <summary>Makes the running sink for one pipeline instance.</summary>
    public abstract ISink Build(BuildContext context);
}
