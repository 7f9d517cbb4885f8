using CloudPump.Events;

namespace CloudPump.Hosting;

/// <summary>An event that could not be processed, kept whole.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Processor">The component that failed, by its name in YAML.</param>
/// <param name="Step">Its index among the processors; the number of processors means the sink; -1 the source.</param>
/// <param name="Reason">What happened.</param>
/// <param name="Id">The event's id, which holds its position.</param>
/// <param name="Time">When it failed.</param>
/// <param name="Raw">The original bytes; null when the event came as fields.</param>
/// <param name="Event">The event as it was when it failed, as a block of one; null when it still was its original bytes.</param>
public sealed record DeadLetter(
    string Pipeline, string Processor, int Step, string Reason, EventId Id, DateTimeOffset Time, byte[]? Raw, byte[]? Event);
