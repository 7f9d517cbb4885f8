using System.Text.Json.Nodes;
using CloudPump.Analyzers;
using CloudPump.Pipelines;
using CloudPump.Routers;

namespace CloudPump.Cli.Drawing;

/// <summary>Draws pipelines as text, from the sources down to the sink, with an arrow to every pipeline that gets events.</summary>
internal sealed class PipelineDrawing(TextWriter output, ComponentRegistry registry)
{
    /// <summary>Draws one pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="senders">The pipelines that send to it.</param>
    public void Draw(PipelineDefinition pipeline, IReadOnlyList<string> senders)
    {
        output.WriteLine(pipeline.Description.Length > 0 ? $"{pipeline.Name}: {pipeline.Description}" : pipeline.Name);
        foreach (var source in pipeline.Sources)
        {
            output.WriteLine("  " + TextOf(source));
        }

        foreach (var sender in senders)
        {
            output.WriteLine($"  (from {sender})");
        }

        Arrow();
        foreach (var processor in pipeline.Processors)
        {
            Draw(processor);
        }

        if (pipeline.Processors.Count > 0)
        {
            Arrow();
        }

        output.WriteLine("  " + TextOf(pipeline.Sink));
    }

    private void Draw(ProcessorDefinition processor)
    {
        switch (processor)
        {
            case Route route:
                output.WriteLine("  route");
                foreach (var rule in route.Rules)
                {
                    output.WriteLine($"    +--> {rule.To}  {TextOf(rule)}");
                }

                break;
            case AnalyzerDefinition analyzer:
                output.WriteLine("  " + TextOf(analyzer));
                output.WriteLine($"    +--> {analyzer.To ?? $"(stream {AnalyzerDefinition.FindingsStream})"}  results");
                break;
            default:
                output.WriteLine("  " + TextOf(processor));
                foreach (var target in processor.Targets)
                {
                    output.WriteLine("    +--> " + target.Pipeline);
                }

                break;
        }
    }

    private void Arrow()
    {
        output.WriteLine("    |");
        output.WriteLine("    v");
    }

    private string TextOf(ComponentDefinition component)
    {
        JsonObject definition = DefinitionText.Of(component, registry);
        if (component is AnalyzerDefinition && definition.Single().Value is JsonObject options)
        {
            options.Remove("to");
        }

        return FlowText.OfComponent(definition);
    }

    private static string TextOf(RouteRule rule) =>
        (rule.When.Text == "true" ? "all events" : $"when {rule.When.Shown}")
        + (rule.Mode == RouteMode.Move ? ", moved" : "")
        + (rule.Via == RouteTransport.Stream ? ", via a stream" : "");
}
