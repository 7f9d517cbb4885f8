namespace CloudPump.Connectors.Http;

/// <summary>What a server said about a path.</summary>
/// <param name="Json">The JSON that it answered; null when it knows nothing, or failed.</param>
/// <param name="Problem">Why there is no answer; null when there is one.</param>
/// <param name="Asked">When, as a timestamp of the clock.</param>
internal sealed record HttpAnswer(byte[]? Json, string? Problem, long Asked);
