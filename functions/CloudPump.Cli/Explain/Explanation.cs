namespace CloudPump.Cli.Explain;

/// <summary>One event's way through a pipeline.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Event">The event's number in the input, from 1 on.</param>
/// <param name="Position">Its position in the input.</param>
/// <param name="Raw">The original bytes as text.</param>
/// <param name="Steps">What the steps did.</param>
/// <param name="Delivered">What the sink would get, as JSON.</param>
internal sealed record Explanation(
    string Pipeline, long Event, long Position, string Raw, IReadOnlyList<ExplainedStep> Steps, IReadOnlyList<string> Delivered);
