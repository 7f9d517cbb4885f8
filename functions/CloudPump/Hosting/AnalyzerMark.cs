namespace CloudPump.Hosting;

/// <summary>How far an analyzer has got in one source partition: the largest event time seen, and the last piece number given to each shard.</summary>
public sealed record AnalyzerMark(long Top, long[] Numbers);
