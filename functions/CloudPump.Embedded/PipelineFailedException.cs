namespace CloudPump.Embedded;

/// <summary>A pipeline could not go on. What was committed is safe; run again to go on from there.</summary>
public sealed class PipelineFailedException(string pipeline, Exception inner)
    : Exception($"The pipeline '{pipeline}' failed: {inner.Message}", inner)
{
    /// <summary>The pipeline.</summary>
    public string Pipeline => pipeline;
}
