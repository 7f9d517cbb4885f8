using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>Which lookups pipelines name.</summary>
public static class LookupUses
{
    /// <summary>The names, in the order in which they come first.</summary>
    public static IReadOnlyCollection<string> Of(IEnumerable<PipelineDefinition> pipelines, ComponentRegistry registry)
    {
        var names = new List<string>();
        foreach (var processor in pipelines.SelectMany(p => p.Processors))
        {
            names.AddRange(registry.Of(processor).Options.Where(o => o.IsLookup).Select(o => o.Get(processor)).OfType<string>());
            names.AddRange(OptionWalk.Expressions(processor, registry).SelectMany(e => e.Expression.LookupNames).Select(l => l.Name));
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
