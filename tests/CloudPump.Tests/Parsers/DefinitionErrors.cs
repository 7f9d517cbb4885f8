using CloudPump.Pipelines;

namespace CloudPump.Tests.Parsers;

/// <summary>What a component says about its own options.</summary>
internal static class DefinitionErrors
{
    public static List<string> Of(ComponentDefinition definition)
    {
        var found = new List<Diagnostic>();
        definition.Check(new CheckReport(found));
        return [.. found.Select(d => d.Message)];
    }

    /// <summary>The messages, with their places, of a pipeline file whose only processor is given as YAML.</summary>
    public static List<string> OfYaml(string item)
    {
        var found = new List<Diagnostic>();
        var registry = new ComponentRegistry(typeof(CloudPump.Connectors.Files.FileSink).Assembly);
        foreach (var pipeline in new PipelineReader(registry, _ => null).Read("f.yaml", $"pipeline: p\nprocessors:\n  {item}\nsink: {{file: x}}\n", found))
        {
            pipeline.Processors.ToList().ForEach(p => p.Check(new CheckReport(found)));
        }

        return [.. found.Select(d => d.ToString())];
    }
}
