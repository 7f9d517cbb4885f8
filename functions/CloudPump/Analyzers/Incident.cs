using CloudPump.Analyzers.Incidents;
using CloudPump.Expressions;
using CloudPump.Pipelines;

namespace CloudPump.Analyzers;

/// <summary>
/// Makes incidents of findings: the first finding of a key opens one, further ones add symptoms or raise its severity, and a condition or silence closes it. Every change is
/// a result; a finding that changes nothing is only counted.
/// </summary>
[Component(ComponentKind.Analyzer, "incident", "Opens, updates and closes incidents per key from the findings of other analyzers.",
    Example = "incident: {name: incidents, by: [host], symptom: finding, severity: score, close_when: \"state == 'normal'\", silence: 30m}")]
public sealed class Incident : KeyedAnalyzer
{
    /// <summary>What kind of finding.</summary>
    [Option("What kind of finding an event is: a field or expression that yields a text. Every kind is one symptom.")]
    public Expression Symptom { get; set; } = Expression.Parse("analyzer");

    /// <summary>How bad.</summary>
    [Option("How bad it is: a field or expression that yields a number; an incident is as bad as its worst finding.")]
    public Expression? Severity { get; set; }

    /// <summary>What closes.</summary>
    [Option("An event that meets this closes its key's incident, and opens none.")]
    public Expression? CloseWhen { get; set; }

    /// <summary>How long a silence closes.</summary>
    [Option("An incident without findings for this long is closed.")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    protected override IEnumerable<string> ResultFields => IncidentState.Fields.Prepend("timestamp");

    /// <inheritdoc/>
    public override AnalyzerStep BuildStep(BuildContext context) => new IncidentStep(this, context);

    /// <inheritdoc/>
    public override IShardState CreateShard() => new IncidentState(this);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        if (Silence <= TimeSpan.Zero)
        {
            report.Error(this, "silence", "'silence' must be longer than nothing.");
        }
    }
}
