namespace CloudPump.Hosting;

/// <summary>A source partition that holds an analyzer's time back no longer, until it moves again.</summary>
/// <param name="Analyzer">The analyzer's key.</param>
/// <param name="Partition">The source partition, by its name.</param>
public sealed record SilentPartition(string Analyzer, string Partition);
