namespace CloudPump.Hosting.Invocations;

/// <summary>What a host of functions supplies.</summary>
/// <param name="Progress">Progress rows and the outbox.</param>
/// <param name="Analyzers">Which analyzers there are, and their shards.</param>
/// <param name="Sender">Between pipelines.</param>
/// <param name="Signals">To shards.</param>
/// <param name="DeadLetters">What could not be processed.</param>
/// <param name="Blobs">Large things.</param>
/// <param name="Tables">Dynamic lookups and the memory of processors.</param>
public sealed record InvocationPorts(
    IProgressTable Progress, IAnalyzerTable Analyzers, IParcelSender Sender, IShardSignals Signals, IDeadLetterStore DeadLetters, IBlobs Blobs,
    ISharedTables Tables);
