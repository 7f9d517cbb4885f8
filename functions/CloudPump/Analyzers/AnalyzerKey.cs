namespace CloudPump.Analyzers;

/// <summary>An analyzer of a pipeline, as hosts know it.</summary>
/// <param name="Key">Pipeline, name and generation: a changed definition has another key.</param>
/// <param name="Definition">What the shards are made from.</param>
public sealed record AnalyzerKey(string Key, AnalyzerDefinition Definition);
