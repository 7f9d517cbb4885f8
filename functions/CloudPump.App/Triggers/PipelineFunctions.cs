using System.Text.Json.Nodes;
using CloudPump.App.Hosting;
using CloudPump.Hosting.Invocations;
using CloudPump.Hosting.Topology;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace CloudPump.App.Triggers;

/// <summary>
/// Replaces each template function by one function for every input of a pipeline: a copy with its own name, whose trigger names the pipeline's hub and consumer
/// group, subscription, schedule or route. A paused function is left out: its events wait where they are.
/// </summary>
public sealed class PipelineFunctions(InvocationHost host, AppSettings settings) : IFunctionMetadataTransformer
{
    /// <inheritdoc/>
    public string Name => nameof(PipelineFunctions);

    /// <inheritdoc/>
    public void Transform(IList<IFunctionMetadata> original)
    {
        foreach (var kind in Enum.GetValues<InputKind>())
        {
            var template = original.FirstOrDefault(f => f.Name == TemplateOf(kind))
                ?? throw new InvalidOperationException($"The app has no function '{TemplateOf(kind)}'; it was not built whole.");
            original.Remove(template);
            foreach (var input in host.Topology.Inputs.Where(i => i.Kind == kind && !settings.PausedFunctions.Contains(i.Function)))
            {
                original.Add(Copy(template, input));
            }
        }
    }

    private static string TemplateOf(InputKind kind) => kind switch
    {
        InputKind.Stream => Templates.Stream,
        InputKind.Topic => Templates.Topic,
        InputKind.Schedule => Templates.Schedule,
        _ => Templates.Http,
    };

    private static DefaultFunctionMetadata Copy(IFunctionMetadata template, PipelineInput input) => new()
    {
        Name = input.Function,
        EntryPoint = template.EntryPoint,
        ScriptFile = template.ScriptFile,
        Language = template.Language,
        IsProxy = template.IsProxy,
        ManagedDependencyEnabled = template.ManagedDependencyEnabled,
        Retry = template.Retry,
        RawBindings = [.. (template.RawBindings ?? []).Select(b => Bind(b, input))],
    };

    // A binding's name and its other properties stay: the name is the parameter's.
    private static string Bind(string binding, PipelineInput input)
    {
        var json = JsonNode.Parse(binding)!.AsObject();
        switch (((string?)json["type"])?.ToLowerInvariant())
        {
            case "eventhubtrigger":
                json["eventHubName"] = input.Entity;
                json["consumerGroup"] = input.Consumer;
                break;
            case "servicebustrigger":
                json["topicName"] = input.Entity;
                json["subscriptionName"] = input.Consumer;
                break;
            case "timertrigger":
                json["schedule"] = input.Entity;
                break;
            case "httptrigger":
                json["route"] = input.Entity;
                break;
        }

        return json.ToJsonString();
    }
}
