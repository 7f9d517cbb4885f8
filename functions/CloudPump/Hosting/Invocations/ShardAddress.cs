namespace CloudPump.Hosting.Invocations;

/// <summary>One shard of an analyzer.</summary>
/// <param name="Analyzer">The analyzer's key: pipeline, name and generation.</param>
/// <param name="Shard">The shard.</param>
public sealed record ShardAddress(string Analyzer, int Shard)
{
    /// <summary>The pipeline that the analyzer is in.</summary>
    public string Pipeline => Analyzer[..Analyzer.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The shard as a key without characters that storage forbids.</summary>
    public string Key => $"{StorageKey.Of(Analyzer)}:{Shard}";
}
