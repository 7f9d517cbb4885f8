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

    /// <summary>Reads an analyzer that a host has kept as <see cref="DefinitionText"/>; null when this version cannot read it.</summary>
    public static AnalyzerKey? Read(string key, string definition, ComponentRegistry registry)
    {
        // Not the environment of this run: a definition that was kept has its values filled in already.
        var reader = new PipelineReader(registry, static _ => null);
        return reader.ReadProcessor(definition) is AnalyzerDefinition analyzer ? new AnalyzerKey(key, analyzer) : null;
    }
}
