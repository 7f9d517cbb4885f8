using CloudPump.Hosting;

namespace CloudPump.Embedded;

/// <summary>A dead letter in the store.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Letter">What it is.</param>
/// <param name="Queued">It waits for its replay.</param>
public sealed record StoredDeadLetter(long Id, DeadLetter Letter, bool Queued);
