using CloudPump.Expressions;

namespace CloudPump.Analyzers.Patterns;

/// <summary>What both halves of a pattern have to agree on: which fields of an event travel to the shard, and which conditions the pipeline can decide itself.</summary>
internal sealed class PatternPlan
{
    private readonly IReadOnlyList<PatternStep> _steps;

    public PatternPlan(Pattern pattern)
    {
        _steps = pattern.Steps;
        IsLocal = [.. _steps.Select(s => !StepsOf(s.When, _steps).Any())];
        var expressions = _steps.Where((_, i) => !IsLocal[i]).Select(s => s.When).Concat(pattern.Select.Select(s => s.Value.Expression));
        Fields = [.. expressions.SelectMany(e => e.FieldPaths).Select(FieldOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The fields of an event that its shard has to know.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Per step, whether its condition is about the event alone.</summary>
    public bool[] IsLocal { get; }

    /// <summary>The indices of the steps that an expression refers to.</summary>
    public static IEnumerable<int> StepsOf(Expression expression, IReadOnlyList<PatternStep> steps) =>
        Enumerable.Range(0, steps.Count).Where(s => expression.FieldNames.Contains(steps[s].Name));

    // `step.field` is a field of an event that a step has taken; what does not begin with a step is a field of the event at hand.
    private string? FieldOf(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var root = dot < 0 ? path : path[..dot];
        if (!_steps.Any(s => s.Name == root))
        {
            return root;
        }

        return dot < 0 ? null : path[(dot + 1)..];
    }
}
