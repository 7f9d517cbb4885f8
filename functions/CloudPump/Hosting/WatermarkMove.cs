namespace CloudPump.Hosting;

/// <summary>A source partition's watermark for an analyzer after a commit.</summary>
/// <param name="Analyzer">The analyzer's key.</param>
/// <param name="Partition">The source partition, by its name.</param>
/// <param name="Mark">The watermark, in ticks.</param>
public sealed record WatermarkMove(string Analyzer, string Partition, long Mark);
