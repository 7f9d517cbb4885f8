namespace CloudPump.Tests.Analyzers;

/// <summary>An event for windows: its time in ticks, its key, and an integer or double to measure (null: the field is missing).</summary>
internal sealed record WindowEvent(long Time, string? Key, object? Value);
