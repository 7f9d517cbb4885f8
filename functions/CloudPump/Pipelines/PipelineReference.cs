namespace CloudPump.Pipelines;

/// <summary>A component's mention of another pipeline, and where it stands.</summary>
/// <param name="Pipeline">The name of the pipeline that gets events.</param>
/// <param name="Location">Where the name stands.</param>
/// <param name="ViaStream">The events go over a stream, which keeps their order, not over a topic.</param>
public readonly record struct PipelineReference(string Pipeline, SourceLocation Location, bool ViaStream = false);
