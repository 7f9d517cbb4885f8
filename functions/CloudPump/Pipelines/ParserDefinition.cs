namespace CloudPump.Pipelines;

/// <summary>A parser as a pipeline declares it, under `parse:`.</summary>
public abstract class ParserDefinition : ProcessorDefinition;
