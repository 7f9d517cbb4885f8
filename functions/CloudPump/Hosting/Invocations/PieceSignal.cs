namespace CloudPump.Hosting.Invocations;

/// <summary>Tells a shard that a source partition has a piece for it.</summary>
/// <param name="Analyzer">The analyzer's key.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Partition">The source partition, by its name.</param>
/// <param name="Number">The piece's number.</param>
/// <param name="Mark">The partition's watermark after it, in ticks.</param>
/// <param name="Body">The piece when it is small; null when the shard must fetch it.</param>
public sealed record PieceSignal(string Analyzer, int Shard, string Partition, long Number, long Mark, byte[]? Body)
{
    /// <summary>The largest piece that travels with its signal. A host hands a worker up to a hundred signals and the shard's state in one message of 4 MiB.</summary>
    public const int LargestInline = 8 << 10;

    /// <summary>The signal of a piece.</summary>
    public static PieceSignal Of(AnalyzerPiece piece) =>
        new(piece.Analyzer, piece.Shard, piece.Partition, piece.Number, piece.Mark, piece.Body.Length <= LargestInline ? piece.Body : null);
}
