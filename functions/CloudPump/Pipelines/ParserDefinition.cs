namespace CloudPump.Pipelines;

/// <summary>A parser as a pipeline declares it, under `parse:`.</summary>
public abstract class ParserDefinition : ProcessorDefinition
{
    /// <summary>Whether the parser reads whole documents, so that a file comes as one event and not line by line.</summary>
    public virtual bool WholeDocuments => false;
}
