namespace CloudPump.Pipelines;

/// <summary>A unit test inside a pipeline file.</summary>
/// <param name="Name">What the test says.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Given">The input events: a text is the original bytes, a JSON object gives fields.</param>
/// <param name="Expect">The delivered events as JSON objects; the listed fields must match, others may be there. Null: not checked.</param>
/// <param name="Routed">How many events go to which pipeline; a pipeline not named must get none when this is given.</param>
/// <param name="Dead">How many dead letters; null: none are allowed.</param>
/// <param name="Findings">Per pipeline: the results that analyzers send there, once the input has ended.</param>
public sealed record PipelineTest(
    string Name,
    SourceLocation Location,
    IReadOnlyList<GivenEvent> Given,
    IReadOnlyList<string>? Expect,
    IReadOnlyDictionary<string, int>? Routed,
    int? Dead,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Findings);
