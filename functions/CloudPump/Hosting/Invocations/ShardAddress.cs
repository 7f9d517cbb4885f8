namespace CloudPump.Hosting.Invocations;

/// <summary>One shard of an analyzer.</summary>
/// <param name="Analyzer">The analyzer's key: pipeline, name and generation.</param>
/// <param name="Shard">The shard.</param>
public sealed record ShardAddress(string Analyzer, int Shard)
{
    /// <summary>The part of a shard's key that names its analyzer.</summary>
    public static string NameOf(string analyzer) => StorageKey.Short(analyzer, LongestName);

    /// <summary>The pipeline that the analyzer is in.</summary>
    public string Pipeline => Analyzer[..Analyzer.IndexOf('/', StringComparison.Ordinal)];

    // An entity's id has at most 100 characters, its name and the shard's number among them.
    private const int LongestName = 72;

    /// <summary>The shard as a key without characters that storage forbids.</summary>
    public string Key => $"{NameOf(Analyzer)}:{Shard}";
}
