namespace CloudPump.Pipelines.Testing;

/// <summary>What became of a unit test.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Test">The test.</param>
/// <param name="Differences">What is not as expected, a line each; none when the test passed.</param>
public sealed record PipelineTestResult(string Pipeline, PipelineTest Test, IReadOnlyList<string> Differences)
{
    /// <summary>Whether everything was as expected.</summary>
    public bool Passed => Differences.Count == 0;
}
