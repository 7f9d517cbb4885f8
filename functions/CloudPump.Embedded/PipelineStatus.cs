using CloudPump.Pipelines;

namespace CloudPump.Embedded;

/// <summary>How a running pipeline stands.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="Accounting">Its counts in this run.</param>
/// <param name="ReceivedFromOutside">Events that came from a source of its own, and not from another pipeline of this host.</param>
/// <param name="Position">The sum of the positions in those sources: bytes for files.</param>
/// <param name="FirstRead">Timestamp of the first read, or 0.</param>
/// <param name="LastCommit">Timestamp of the last commit, or 0.</param>
public sealed record PipelineStatus(string Name, Accounting Accounting, long ReceivedFromOutside, long Position, long FirstRead, long LastCommit);
