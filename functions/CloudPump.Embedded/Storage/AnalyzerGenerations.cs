using CloudPump.Analyzers;
using CloudPump.Pipelines;

namespace CloudPump.Embedded.Storage;

/// <summary>
/// Knows the definitions of the analyzers whose state lies in the store. A changed definition has another key and begins anew; the old one is closed here, its open
/// windows marked as partial.
/// </summary>
internal sealed class AnalyzerGenerations(StoreDatabase database, ShardStore shards, CommitWriter writer, ComponentRegistry registry)
{
    /// <summary>Makes a pipeline's analyzers known, and retires those of its keys that it no longer has.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="analyzers">Its analyzers.</param>
    /// <param name="partitions">The source partitions that hold time back in this run; null leaves every partition as it is.</param>
    public void Open(string pipeline, IReadOnlyList<AnalyzerKey> analyzers, IReadOnlySet<string>? partitions)
    {
        lock (database.WriteLock)
        {
            var gone = StoredAnalyzers.Read(database, registry, pipeline).Where(s => analyzers.All(a => a.Key != s.Key)).ToList();
            StoreDatabase.Execute(database.Writer, "BEGIN IMMEDIATE");
            try
            {
                gone.ForEach(Retire);
                using var insert = new Statement(database.Writer, "INSERT OR IGNORE INTO analyzer(key, definition) VALUES($1, $2)");
                foreach (var analyzer in analyzers)
                {
                    insert.Run(analyzer.Key, DefinitionText.Of(analyzer.Definition, registry).ToJsonString());
                    shards.Open(analyzer, partitions);
                }

                StoreDatabase.Execute(database.Writer, "COMMIT");
            }
            catch
            {
                writer.Forget();
                StoreDatabase.Execute(database.Writer, "ROLLBACK");
                throw;
            }

            writer.Publish([]);
        }
    }

    private void Retire(AnalyzerKey analyzer)
    {
        shards.Retire(analyzer, writer.Emit);
        using var delete = new Statement(database.Writer, "DELETE FROM analyzer WHERE key = $1");
        delete.Run(analyzer.Key);
    }
}
