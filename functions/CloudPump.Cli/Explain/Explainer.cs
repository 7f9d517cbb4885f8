using CloudPump.Analyzers;
using CloudPump.Events;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Testing;

namespace CloudPump.Cli.Explain;

/// <summary>Takes one event through the processors, one at a time, and notes what each of them does.</summary>
internal sealed class Explainer(DryRun run, ComponentRegistry registry)
{
    private readonly List<ExplainedStep> _steps = [];

    /// <summary>Takes the only event of a batch through.</summary>
    public IReadOnlyList<ExplainedStep> Explain(EventBatch batch)
    {
        run.TakeRouted();
        var processors = run.Definition.Processors;
        for (var step = 0; step < processors.Count && batch.Rows.Length > 0; step++)
        {
            Explain(batch, step, processors[step]);
        }

        return _steps;
    }

    private void Explain(EventBatch batch, int step, ProcessorDefinition processor)
    {
        var rows = batch.Rows.ToArray();
        var before = rows.Select(r => FieldValues.Of(batch, r)).ToList();
        var late = run.Late;
        run.RunStep(batch, step);
        var routed = run.TakeRouted().Select(r => r.Key).ToList();
        var isLate = run.Late > late;
        for (var i = 0; i < rows.Length; i++)
        {
            var removal = batch.RemovalOf(rows[i]);
            _steps.Add(new ExplainedStep(
                step + 1,
                DefinitionText.Of(processor, registry),
                removal == Removal.None ? FieldChange.Between(before[i], FieldValues.Of(batch, rows[i])) : [],
                routed,
                (processor as AnalyzerDefinition)?.Name,
                Outcome(removal) ?? (isLate ? StepOutcome.Late : null),
                batch.Failures.Where(f => f.Row == rows[i]).Select(f => f.Reason).FirstOrDefault())
            {
                Child = rows.Length > 1 ? i + 1 : 0,
            });
        }
    }

    private static StepOutcome? Outcome(Removal removal) => removal switch
    {
        Removal.Filtered => StepOutcome.Filtered,
        Removal.Moved => StepOutcome.Moved,
        Removal.Dead => StepOutcome.Dead,
        Removal.Replaced => StepOutcome.Replaced,
        _ => null,
    };
}
