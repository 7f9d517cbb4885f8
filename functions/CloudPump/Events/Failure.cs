namespace CloudPump.Events;

/// <summary>An event that could not be processed: its row, the step that failed, and why. The reason names no value of the event.</summary>
/// <param name="Row">The event's row in the batch.</param>
/// <param name="Step">Index of the processor; the number of processors means the sink; -1 the source.</param>
/// <param name="Reason">What happened, and where in the event.</param>
public readonly record struct Failure(int Row, int Step, string Reason);
