namespace CloudPump.Tests.App.Fakes;

/// <summary>A message that a partition of an event hub keeps.</summary>
internal sealed record HubMessage(long Sequence, BinaryData Body, string? ContentType, IReadOnlyDictionary<string, object> Properties, DateTimeOffset Enqueued);
