using CloudPump.Cli.Drawing;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Explain;

/// <summary>An explanation for people.</summary>
internal sealed class ExplanationText(TextWriter output)
{
    /// <summary>Writes it.</summary>
    public void Write(Explanation explanation, PipelineDefinition pipeline, ComponentRegistry registry)
    {
        output.WriteLine($"{explanation.Pipeline}, event {explanation.Event}, position {explanation.Position}");
        output.WriteLine("  " + explanation.Raw);
        foreach (var step in explanation.Steps)
        {
            Write(step);
        }

        output.WriteLine();
        if (explanation.Delivered.Count == 0)
        {
            output.WriteLine("The sink gets nothing.");
            return;
        }

        output.WriteLine($"sink  {FlowText.OfComponent(DefinitionText.Of(pipeline.Sink, registry))}");
        foreach (var json in explanation.Delivered)
        {
            output.WriteLine("  " + json);
        }
    }

    private void Write(ExplainedStep step)
    {
        output.WriteLine();
        var child = step.Child > 0 ? $" (event {step.Child} of those made here)" : "";
        output.WriteLine(step.Number == 0 ? "source" : $"{step.Number}  {FlowText.OfComponent(step.Definition)}{child}");
        foreach (var change in step.Changes)
        {
            output.WriteLine("  " + Text(change));
        }

        foreach (var target in step.RoutedTo)
        {
            output.WriteLine(step.Outcome == StepOutcome.Moved ? $"  -> routed to {target}" : $"  -> routed to {target}; it goes on here too");
        }

        if (Text(step) is { Length: > 0 } outcome)
        {
            output.WriteLine("  " + outcome);
        }
    }

    private static string Text(FieldChange change) => change switch
    {
        { From: null, To: { } to } => $"+ {change.Field}: {to.Json}",
        { From: { } from, To: null } => $"- {change.Field} (was {from.Json})",
        { From: { } from, To: { } to } when from.Type != to.Type => $"~ {change.Field}: {from.Json} ({from.Type}) -> {to.Json} ({to.Type})",
        _ => $"~ {change.Field}: {change.From?.Json} -> {change.To?.Json}",
    };

    private static string Text(ExplainedStep step) => step.Outcome switch
    {
        StepOutcome.Filtered => "=> filtered out: the condition does not hold",
        StepOutcome.Moved => "=> moved: it leaves this pipeline",
        StepOutcome.Dead => $"=> dead letter: {step.Reason}",
        StepOutcome.Replaced => "=> replaced by the events made of it",
        StepOutcome.Late => $"late: the analyzer '{step.Analyzer}' sets it aside; it goes on here",
        _ when step.Analyzer is not null => $"seen by the analyzer '{step.Analyzer}'",
        _ => step.Changes.Count + step.RoutedTo.Count == 0 ? "nothing changes" : "",
    };
}
