using CloudPump.Events;
using CloudPump.Expressions;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Routers;

/// <summary>Sends events to other pipelines. Every rule is tried in order; a rule that moves an event ends its way here.</summary>
[Component(ComponentKind.Router, "route", "Sends events to other pipelines: clones them, or moves them out of this one.",
    Example = "route:\n  - {when: \"status >= 500\", to: errors}\n  - {when: \"user == 'probe'\", to: probes, mode: move}")]
public sealed class Route : ProcessorDefinition
{
    /// <summary>The rules.</summary>
    [Option("The rules, in order.", Main = true, Required = true)]
    public List<RouteRule> Rules { get; set; } = [];

    /// <inheritdoc/>
    public override IEnumerable<PipelineReference> Targets =>
        Rules.Select(r => new PipelineReference(r.To, r.Location, r.Via == RouteTransport.Stream));

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => new Processor([.. Rules.Select(r => new Rule(
        r.When.Shown, r.When.CompileCondition(context), OutletOf(r, context), r.Mode == RouteMode.Move))]);

    private static Outlet OutletOf(RouteRule rule, BuildContext context) => rule.Via == RouteTransport.Stream
        ? context.Outlet(OutletKind.Stream, PipelineStreams.Of(rule.To), context.NextLane("route"))
        : context.Outlet(OutletKind.Topic, rule.To, context.NextLane("route"));

    private sealed record Rule(string Text, Condition When, Outlet Outlet, bool Move);

    private sealed class Processor(Rule[] rules) : IProcessor
    {
        private readonly List<Rule> _met = [];

        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                _met.Clear();

                // All conditions come first: an event that fails here has gone nowhere, so that its replay sends nothing twice.
                if (!TryMeet(batch, row))
                {
                    continue;
                }

                foreach (var rule in _met)
                {
                    rule.Outlet.Add(batch, row);
                }

                if (_met is [.., { Move: true }])
                {
                    batch.Remove(row, Removal.Moved);
                }
            }
        }

        private bool TryMeet(EventBatch batch, int row)
        {
            foreach (var rule in rules)
            {
                if (rule.When.Test(batch, row, out var error))
                {
                    _met.Add(rule);
                    if (rule.Move)
                    {
                        break;
                    }
                }
                else if (error is not null)
                {
                    batch.Fail(row, $"The condition '{rule.Text}' cannot be told: {error}");
                    return false;
                }
            }

            return true;
        }
    }
}
