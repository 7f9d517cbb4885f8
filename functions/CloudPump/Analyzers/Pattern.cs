using CloudPump.Analyzers.Patterns;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Complex event processing per key, in the manner of SQL's MATCH_RECOGNIZE: a sequence of steps within a time. Events that fit no step are passed over, unless the pattern
/// is strict. The pattern is complete as soon as its last step has as many events as it needs.
/// </summary>
[Component(ComponentKind.Analyzer, "pattern", "Finds sequences of events per key: steps with conditions and quantifiers, within a time.",
    Example = """
        pattern:
          name: brute_force
          by: [client_ip]
          within: 10m
          steps:
            - {name: failed, when: "outcome == 'failure'", at_least: 5}
            - {name: reset, when: "action == 'password_reset'", not: true}
            - {name: success, when: "outcome == 'success' && user == failed.user"}
          select: {user: success.user, attempts: count(failed), began: first(failed.timestamp)}
          to: alerts
        """)]
public sealed class Pattern : KeyedAnalyzer
{
    private const int MostSteps = 32;

    /// <summary>The steps.</summary>
    [Option("The steps, in order.", Required = true)]
    public List<PatternStep> Steps { get; set; } = [];

    /// <summary>The time.</summary>
    [Option("A match ends less than this after its first event.", Required = true)]
    public TimeSpan Within { get; set; }

    /// <summary>What a match's result holds.</summary>
    [Option("What a match's result holds: name to an expression over the steps, or to count(step), first(step.x), last(step.x), sum, min, max or avg(step.x).")]
    public NamedList<MatchValue> Select { get; set; } = [];

    /// <summary>Where to go on.</summary>
    [Option("Where the search goes on after a match: past_last (its events are in no other match), to_next (overlaps, with another first event), nowhere (every way of matching).")]
    public SkipStrategy Skip { get; set; }

    /// <summary>No other events between.</summary>
    [Option("The events of a match follow one another: an event of the key that fits no step ends the attempt.")]
    public bool Strict { get; set; }

    /// <summary>Tell what was not completed.</summary>
    [Option("Attempts that run out of time are results too, with timed_out: true and the step they had reached.")]
    public bool Timeouts { get; set; }

    /// <summary>How many attempts at a time.</summary>
    [Option("How many attempts of a key go on at the same time; while there are so many no new one begins, which is counted.")]
    public int MaxAttempts { get; set; } = 100;

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => ["match_start", "match_end", "timed_out", "step", .. Select.Select(s => s.Key)];

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new PatternEvents(this, new PatternPlan(this), context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new PatternState(this, new PatternPlan(this));

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        CheckSteps(report);
        foreach (var step in Steps)
        {
            CheckStep(step, report);
        }

        if (Within <= TimeSpan.Zero)
        {
            report.Error(this, "within", "'within' must be longer than nothing.");
        }

        if (MaxAttempts < 1)
        {
            report.Error(this, "max_attempts", "'max_attempts' must be 1 or more.");
        }

        foreach (var (name, value) in Select.Where(s => s.Value.Function is not null && PatternPlan.StepsOf(s.Value.Expression, Steps).Count() != 1))
        {
            report.Error(this, "select", $"'{name}' must be over exactly one step: {value.Function}(step{(value.Function == "count" ? "" : ".field")}). There are {string.Join(", ", Steps.Where(s => !s.Not).Select(s => s.Name))}.");
        }
    }

    private void CheckSteps(CheckReport report)
    {
        if (Steps.Count is 0 or > MostSteps)
        {
            report.Error(this, "steps", $"A pattern has 1 to {MostSteps} steps.");
        }
        else if (Steps.TrueForAll(s => s.Not) || Steps[0].Not)
        {
            report.Error(Steps[0].Location, "The first step of a pattern cannot be a 'not': nothing would begin it.");
        }
        else if (Steps.FindLast(s => !s.Not) is { Optional: true } last)
        {
            report.Error(last.Location, $"The last step '{last.Name}' cannot be optional: the pattern would be complete without it.");
        }

        foreach (var twice in Steps.GroupBy(s => s.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            report.Error(twice.Location, $"The pattern has two steps named '{twice.Name}'.");
        }
    }

    private void CheckStep(PatternStep step, CheckReport report)
    {
        if (step.Times is < 1 || step.AtLeast is < 1 || step.AtMost is < 1 || step.AtMost < step.AtLeast)
        {
            report.Error(step.Location, "'times', 'at_least' and 'at_most' must be 1 or more, and 'at_most' not less than 'at_least'.");
        }

        if (step.Times is not null && (step.AtLeast ?? step.AtMost) is not null)
        {
            report.Error(step.Location, "'times' means exactly so many; leave out 'at_least' and 'at_most'.");
        }

        if (step.Not && (step.Optional || (step.Times ?? step.AtLeast ?? step.AtMost) is not null))
        {
            report.Error(step.Location, "A 'not' step takes no events, so it has no 'times', 'at_least', 'at_most' or 'optional'.");
        }

        var index = Steps.IndexOf(step);
        if (step.Not && index > 0 && Steps[index - 1].Optional)
        {
            report.Error(step.Location, $"A 'not' cannot follow the optional step '{Steps[index - 1].Name}': put it before that step.");
        }

        foreach (var other in PatternPlan.StepsOf(step.When, Steps).Where(s => s > index || (Steps[s].Not && s != index)))
        {
            report.Error(step.Location, $"The step '{step.Name}' refers to '{Steps[other].Name}', which {(Steps[other].Not ? "takes no events" : "comes later")}.");
        }
    }
}
