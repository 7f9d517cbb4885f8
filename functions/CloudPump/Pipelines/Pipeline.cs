namespace CloudPump.Pipelines;

/// <summary>The entrance to pipelines in C#: `Pipeline.Define("weblogs").From(...).Parse(...).To(...)`.</summary>
public static class Pipeline
{
    /// <summary>Begins a pipeline.</summary>
    public static PipelineBuilder Define(string name) => PipelineName.IsValid(name)
        ? new PipelineBuilder(name)
        : throw new ArgumentException($"'{name}' cannot be a pipeline's name: it takes {PipelineName.Rule}.", nameof(name));
}
