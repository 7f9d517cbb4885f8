namespace CloudPump.Hosting.Invocations;

/// <summary>An analyzer that a host has had.</summary>
/// <param name="Key">Its key: pipeline, name and generation.</param>
/// <param name="Definition">Its definition as JSON, so that a generation that is gone from the files can still be closed.</param>
/// <param name="Since">When it became known: a partition that has never brought anything is idle counted from here.</param>
public sealed record KnownAnalyzer(string Key, string Definition, DateTimeOffset Since);
