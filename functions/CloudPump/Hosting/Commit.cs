namespace CloudPump.Hosting;

/// <summary>
/// What a host must accept durably and as a whole before the source positions in it count: the promise of nothing lost and nothing twice.
/// </summary>
public sealed class Commit
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The progress of every source partition that moved.</summary>
    public required IReadOnlyList<PartitionProgress> Progress { get; init; }

    /// <summary>Events sent to pipelines and streams.</summary>
    public required IReadOnlyList<Outgoing> Outgoing { get; init; }

    /// <summary>Events that could not be processed.</summary>
    public required IReadOnlyList<DeadLetter> DeadLetters { get; init; }

    /// <summary>Pieces for the analyzers' shards.</summary>
    public required IReadOnlyList<AnalyzerPiece> Pieces { get; init; }

    /// <summary>The watermark of every analyzer and partition that moved, for shards that no piece touches.</summary>
    public required IReadOnlyList<WatermarkMove> Watermarks { get; init; }

    /// <summary>Partitions that have ended or fallen silent: they hold back no analyzer's time.</summary>
    public required IReadOnlyList<SilentPartition> Silent { get; init; }

    /// <summary>Entries of shared tables: what dynamic lookups and the memory of processors have changed.</summary>
    public required IReadOnlyList<TableWrite> Tables { get; init; }

    /// <summary>What the sink's flush gave.</summary>
    public string? SinkReference { get; init; }
}
