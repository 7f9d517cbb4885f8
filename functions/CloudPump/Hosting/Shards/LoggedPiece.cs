using CloudPump.Analyzers;

namespace CloudPump.Hosting.Shards;

/// <summary>A piece that a shard has applied since its state was saved last, and the watermarks that were closed with before it.</summary>
public sealed record LoggedPiece(string Partition, long Number, long Mark, Closings? Closings, byte[] Body);
