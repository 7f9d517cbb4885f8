namespace CloudPump.Pipelines;

/// <summary>A processor as a pipeline declares it.</summary>
public abstract class ProcessorDefinition : ComponentDefinition
{
    /// <summary>Makes the running processor for one pipeline instance.</summary>
    public abstract IProcessor Build(BuildContext context);
}
