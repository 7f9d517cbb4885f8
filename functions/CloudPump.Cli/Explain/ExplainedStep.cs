using System.Text.Json.Nodes;

namespace CloudPump.Cli.Explain;

/// <summary>What one step did to an event.</summary>
/// <param name="Number">1, 2, 3...; 0 is the source.</param>
/// <param name="Definition">The component and its options.</param>
/// <param name="Changes">The fields that it changed.</param>
/// <param name="RoutedTo">The pipelines that it sent the event to.</param>
/// <param name="Analyzer">The analyzer that saw the event, or null.</param>
/// <param name="Outcome">null when the event goes on as it is; else what became of it.</param>
/// <param name="Reason">Why, for a dead letter.</param>
internal sealed record ExplainedStep(
    int Number,
    JsonObject Definition,
    IReadOnlyList<FieldChange> Changes,
    IReadOnlyList<string> RoutedTo,
    string? Analyzer,
    StepOutcome? Outcome,
    string? Reason)
{
    /// <summary>The event's number among those that a generator made of one; 0 while there is only one.</summary>
    public int Child { get; init; }
}
