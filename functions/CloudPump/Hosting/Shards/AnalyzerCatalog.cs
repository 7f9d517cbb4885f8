using CloudPump.Analyzers;
using CloudPump.Hosting.Invocations;
using CloudPump.Pipelines;

namespace CloudPump.Hosting.Shards;

/// <summary>The analyzers of the pipelines that run here, and those of earlier generations, which the table remembers.</summary>
internal sealed class AnalyzerCatalog(PipelineSet set, ComponentRegistry registry, IAnalyzerTable table, TimeProvider time)
{
    // An analyzer that became known later than this process began belongs to a newer version of the app, which is being rolled out.
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly Dictionary<string, AnalyzerKey> _current = set.Reachable()
        .SelectMany(p => AnalyzerKey.Of(p, registry)).ToDictionary(a => a.Key, StringComparer.Ordinal);

    /// <summary>The analyzers of the pipelines that run here.</summary>
    public IReadOnlyCollection<AnalyzerKey> Current => _current.Values;

    /// <summary>The shard that an entity's key names; null when its analyzer is not known.</summary>
    public async Task<(ShardAddress Address, AnalyzerKey Analyzer)?> FindAsync(string entityKey, CancellationToken cancellationToken)
    {
        var colon = entityKey.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(entityKey.AsSpan(colon + 1), out var shard))
        {
            return null;
        }

        var name = entityKey[..colon];
        var analyzer = _current.Values.FirstOrDefault(a => ShardAddress.NameOf(a.Key) == name)
            ?? (await table.ListAsync(null, cancellationToken)).Where(k => ShardAddress.NameOf(k.Key) == name).Select(Read).FirstOrDefault();
        return analyzer is null ? null : (new ShardAddress(analyzer.Key, shard), analyzer);
    }

    /// <summary>Whether a known analyzer has gone from the pipelines, and is not one that a newer version of the app has brought.</summary>
    public bool IsGone(KnownAnalyzer known) => !_current.ContainsKey(known.Key) && known.Since < _started;

    /// <summary>The analyzer with its definition; null when this version of CloudPump cannot read it.</summary>
    public AnalyzerKey? Read(KnownAnalyzer known) => _current.GetValueOrDefault(known.Key) ?? AnalyzerKey.Read(known.Key, known.Definition, registry);

    /// <summary>An analyzer as the table keeps it.</summary>
    public KnownAnalyzer Describe(AnalyzerKey analyzer) => new(analyzer.Key, DefinitionText.Of(analyzer.Definition, registry).ToJsonString(), time.GetUtcNow());
}
