namespace CloudPump.Hosting;

/// <summary>What one source partition tells one analyzer shard: partial aggregates, and the watermark after them. Pieces are applied strictly by number.</summary>
/// <param name="Analyzer">The analyzer's key: pipeline, name and generation.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Partition">The source partition, by its name.</param>
/// <param name="Number">1, 2, 3... per shard and partition.</param>
/// <param name="Mark">The partition's watermark after this piece, in ticks.</param>
/// <param name="Body">The partial aggregates.</param>
public sealed record AnalyzerPiece(string Analyzer, int Shard, string Partition, long Number, long Mark, byte[] Body);
