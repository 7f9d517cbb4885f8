using CloudPump.Analyzers;
using CloudPump.Lookups;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Pipelines;

/// <summary>Checks what only shows when pipelines are seen together: names of pipelines and connections, cycles, and what may surprise.</summary>
internal sealed class PipelineChecker(ComponentRegistry registry, PipelineSet set, PipelineNames names)
{
    public void Check(List<Diagnostic> diagnostics)
    {
        var report = new CheckReport(diagnostics);
        foreach (var pipeline in set.Pipelines)
        {
            foreach (var component in Components(pipeline))
            {
                component.Check(report);
                CheckConnections(component, report);
                CheckLookups(component, report);
                Warn(component, report);
            }

            new PersonalCheck(pipeline, set.Lookups, registry, report).Run();
            CheckTargets(pipeline, report);
            CheckAnalyzerNames(pipeline, report);
            CheckInput(pipeline, report);
            CheckOrder(pipeline, report);
        }

        foreach (var connection in set.Connections.Definitions)
        {
            connection.Check(report);
        }

        foreach (var lookup in set.Lookups.Definitions)
        {
            lookup.Check(report);
            CheckConnections(lookup, report);
        }

        CheckCycles(report);
    }

    private static IEnumerable<ComponentDefinition> Components(PipelineDefinition pipeline) =>
        [.. pipeline.Sources, .. pipeline.Processors, pipeline.Sink];

    private void CheckTargets(PipelineDefinition pipeline, CheckReport report)
    {
        foreach (var target in pipeline.Targets.Concat(pipeline.Triggers).Where(t => !names.Contains(t.Pipeline)))
        {
            report.Error(target.Location, $"There is no pipeline '{target.Pipeline}' beside this one.{Nearest.Hint(target.Pipeline, names.All)}");
        }
    }

    private void CheckConnections(ComponentDefinition component, CheckReport report)
    {
        foreach (var (place, option, value) in OptionWalk.Of(component, registry).Where(o => o.Option.Connection.Length > 0))
        {
            if (value is not string name)
            {
                continue;
            }

            var kind = set.Connections.KindOf(name);
            if (kind is null)
            {
                report.Error(component, place, $"There is no connection '{name}' in {ConnectionSet.FileName}.{Nearest.Hint(name, set.Connections.Names)}");
            }
            else if (kind != option.Connection)
            {
                report.Error(component, place, $"The connection '{name}' is of the kind {kind}; here one of the kind {option.Connection} is needed.");
            }
        }
    }

    private void CheckLookups(ComponentDefinition component, CheckReport report)
    {
        foreach (var (option, expression) in OptionWalk.Expressions(component, registry))
        {
            foreach (var (name, _) in expression.LookupNames.Where(l => !set.Lookups.Contains(l.Name)))
            {
                report.Error(component, option, $"There is no lookup '{name}' in {LookupSet.FileName}.{Nearest.Hint(name, set.Lookups.Names)}");
            }
        }

        foreach (var option in registry.Of(component).Options.Where(o => o.IsLookup))
        {
            if (option.Get(component) is not string name)
            {
                continue;
            }

            if (set.Lookups.Find(name) is { } lookup)
            {
                (component as ILookupUser)?.CheckLookup(lookup, report);
            }
            else if (!set.Lookups.Contains(name))
            {
                report.Error(component, option.Name, $"There is no lookup '{name}' in {LookupSet.FileName}.{Nearest.Hint(name, set.Lookups.Names)}");
            }
        }
    }

    private static void CheckAnalyzerNames(PipelineDefinition pipeline, CheckReport report)
    {
        foreach (var twice in pipeline.Processors.OfType<AnalyzerDefinition>().GroupBy(a => a.Name, StringComparer.Ordinal).SelectMany(g => g.Skip(1)))
        {
            report.Error(twice, "name", $"The pipeline has two analyzers named '{twice.Name}'.");
        }
    }

    private void CheckInput(PipelineDefinition pipeline, CheckReport report)
    {
        var sentTo = names.All.Select(set.Find).OfType<PipelineDefinition>().SelectMany(p => p.Targets).Any(t => t.Pipeline == pipeline.Name);
        if (pipeline.Sources.Count == 0 && !sentTo)
        {
            report.Warning(pipeline.Location, $"The pipeline '{pipeline.Name}' has no source, and no pipeline here sends to it: it will get no events.");
        }
    }

    // A topic keeps no order; the embedded one does, but the same file is to mean the same everywhere.
    private void CheckOrder(PipelineDefinition pipeline, CheckReport report)
    {
        if (pipeline.Processors.OfType<AnalyzerDefinition>().FirstOrDefault(a => a.Time.Text != AnalyzerDefinition.Now) is not { } analyzer)
        {
            return;
        }

        var references = names.All.Select(set.Find).OfType<PipelineDefinition>()
            .SelectMany(p => p.Targets.Where(t => t.Pipeline == pipeline.Name).Select(t => (Sender: p.Name, t.ViaStream))).ToList();
        if (references.Exists(r => !r.ViaStream))
        {
            var senders = string.Join(" and ", references.Where(r => !r.ViaStream).Select(r => $"'{r.Sender}'").Distinct(StringComparer.Ordinal));
            report.Warning(analyzer.Location, $"What {senders} routes to '{pipeline.Name}' comes over a topic, which keeps no order on Azure, so which events are late may depend on arrival; route with 'via: stream'.");
        }
        else if (references.Count > 1 && analyzer.Lateness == TimeSpan.Zero)
        {
            report.Warning(analyzer.Location, $"What several senders give to '{pipeline.Name}' is in order for each of them, not between them, so which events are late may depend on arrival; give the analyzer a 'lateness'.");
        }
    }

    private void Warn(ComponentDefinition component, CheckReport report)
    {
        if (registry.Of(component) is { NotRepeatable.Length: > 0 } descriptor)
        {
            report.Warning(component.Location, $"Results after '{descriptor.Name}' may differ when an event is delivered twice: {descriptor.NotRepeatable}");
        }
    }

    private void CheckCycles(CheckReport report)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pipeline in set.Pipelines)
        {
            FindCycle(pipeline, [], done, report);
        }
    }

    private void FindCycle(PipelineDefinition pipeline, List<string> path, HashSet<string> done, CheckReport report)
    {
        if (done.Contains(pipeline.Name))
        {
            return;
        }

        path.Add(pipeline.Name);
        foreach (var target in pipeline.Targets.Concat(ToldBy(pipeline)))
        {
            var start = path.IndexOf(target.Pipeline);
            if (start >= 0)
            {
                report.Error(target.Location, $"The pipelines send in a circle: {string.Join(" -> ", path.Skip(start).Append(target.Pipeline))}. Events would go round for ever.");
            }
            else if (set.Find(target.Pipeline) is { } next)
            {
                FindCycle(next, path, done, report);
            }
        }

        path.RemoveAt(path.Count - 1);
        done.Add(pipeline.Name);
    }

    // The pipelines that are told of this one's events: they wait for it as if it sent to them.
    private IEnumerable<PipelineReference> ToldBy(PipelineDefinition pipeline) => names.All.Select(set.Find).OfType<PipelineDefinition>()
        .SelectMany(p => p.Triggers.Where(t => t.Pipeline == pipeline.Name).Select(t => t with { Pipeline = p.Name }));
}
