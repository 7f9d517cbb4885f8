namespace CloudPump.Analyzers;

/// <summary>Takes a block of events; its bytes are valid during the call.</summary>
/// <param name="count">How many events it holds.</param>
/// <param name="block">The block.</param>
public delegate void BlockTaker(int count, ReadOnlySpan<byte> block);
