using CloudPump.Analyzers;

namespace CloudPump.Embedded.Storage;

/// <summary>A shard in memory, and how much of it lies on disk as saved state and as pieces.</summary>
internal sealed class LoadedShard(AnalyzerShard shard)
{
    public AnalyzerShard Shard => shard;

    public long PieceBytes { get; set; }

    public long StateBytes { get; set; }
}
