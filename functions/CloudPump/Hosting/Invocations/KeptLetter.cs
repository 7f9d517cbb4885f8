namespace CloudPump.Hosting.Invocations;

/// <summary>A dead letter in a store.</summary>
/// <param name="Id">Its name in its pipeline: it derives from the event's id and the step that failed.</param>
/// <param name="Letter">What it is.</param>
/// <param name="Place">Where its event lies, as the store knows it.</param>
/// <param name="Number">Its number among the replays of its pipeline; 0 when no replay was asked for.</param>
/// <param name="Version">Which state of it was read: one that has failed again since then is another one.</param>
public sealed record KeptLetter(string Id, DeadLetter Letter, string Place, long Number, string Version);
