using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>An analyzer of a pipeline, as hosts know it.</summary>
/// <param name="Key">Pipeline, name and generation: a changed definition has another key.</param>
/// <param name="Definition">What the shards are made from.</param>
public sealed record AnalyzerKey(string Key, AnalyzerDefinition Definition)
{
    /// <summary>The keys of a pipeline's analyzers, in order.</summary>
    public static IReadOnlyList<AnalyzerKey> Of(PipelineDefinition pipeline, ComponentRegistry registry) =>
        [.. pipeline.Processors.OfType<AnalyzerDefinition>().Select(a => new AnalyzerKey($"{pipeline.Name}/{a.Name}@{DefinitionText.Generation(a, registry)}", a))];
}
