using CloudPump.Analyzers;
using CloudPump.Pipelines;

namespace CloudPump.Embedded.Storage;

/// <summary>The analyzers whose state lies in a store, with the definitions that it was made by.</summary>
internal static class StoredAnalyzers
{
    /// <summary>Those of a pipeline, or all.</summary>
    public static List<AnalyzerKey> Read(StoreDatabase database, ComponentRegistry registry, string? pipeline = null)
    {
        var prefix = pipeline is null ? "" : pipeline + "/";
        using var read = new Statement(database.Writer, "SELECT key, definition FROM analyzer WHERE substr(key, 1, length($1)) = $1 ORDER BY key");
        using var rows = read.Query(prefix);
        var stored = new List<AnalyzerKey>();
        while (rows.Read())
        {
            if (AnalyzerKey.Read(rows.GetString(0), rows.GetString(1), registry) is { } analyzer)
            {
                stored.Add(analyzer);
            }
        }

        return stored;
    }
}
