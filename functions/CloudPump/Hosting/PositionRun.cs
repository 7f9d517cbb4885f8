namespace CloudPump.Hosting;

/// <summary>Neighbouring events of one position. All events of a position travel together, so a repeat can be told by the position alone.</summary>
/// <param name="Position">The position.</param>
/// <param name="Count">How many events.</param>
public readonly record struct PositionRun(long Position, int Count);
