using CloudPump.Analyzers;
using CloudPump.Pipelines;

namespace CloudPump.Embedded.Storage;

/// <summary>The analyzers whose state lies in a store, with the definitions that it was made by.</summary>
internal static class StoredAnalyzers
{
    /// <summary>Those of a pipeline, or all.</summary>
    public static List<AnalyzerKey> Read(StoreDatabase database, ComponentRegistry registry, string? pipeline = null)
    {
        // Not the environment of this run: a definition in the store has its values filled in already.
        var reader = new PipelineReader(registry, static _ => null);
        var prefix = pipeline is null ? "" : pipeline + "/";
        using var read = new Statement(database.Writer, "SELECT key, definition FROM analyzer WHERE substr(key, 1, length($1)) = $1 ORDER BY key");
        using var rows = read.Query(prefix);
        var stored = new List<AnalyzerKey>();
        while (rows.Read())
        {
            if (reader.ReadProcessor(rows.GetString(1)) is AnalyzerDefinition definition)
            {
                stored.Add(new AnalyzerKey(rows.GetString(0), definition));
            }
        }

        return stored;
    }
}
