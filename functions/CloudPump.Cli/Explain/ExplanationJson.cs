using System.Text.Json.Nodes;
using CloudPump.Pipelines;

namespace CloudPump.Cli.Explain;

/// <summary>An explanation for machines.</summary>
internal static class ExplanationJson
{
    /// <summary>The explanation as one object.</summary>
    public static JsonObject Of(Explanation explanation) => new()
    {
        ["pipeline"] = explanation.Pipeline,
        ["event"] = explanation.Event,
        ["position"] = explanation.Position,
        ["raw"] = explanation.Raw,
        ["steps"] = new JsonArray([.. explanation.Steps.Select(Of)]),
        ["outcome"] = Outcome(explanation),
        ["delivered"] = new JsonArray([.. explanation.Delivered.Select(d => JsonNode.Parse(d))]),
    };

    private static JsonNode Of(ExplainedStep step)
    {
        var json = new JsonObject
        {
            ["step"] = step.Number,
            ["definition"] = step.Definition.DeepClone(),
            ["added"] = Fields(step.Changes.Where(c => c.From is null), c => Value(c.To)),
            ["changed"] = Fields(step.Changes.Where(c => c is { From: not null, To: not null }), Change),
            ["removed"] = Fields(step.Changes.Where(c => c.To is null), c => Value(c.From)),
            ["routed"] = new JsonArray([.. step.RoutedTo.Select(r => (JsonNode)r)]),
            ["outcome"] = step.Outcome is { } outcome ? OptionDescriptor.SnakeCase(outcome.ToString()) : null,
        };
        if (step.Child > 0)
        {
            json["child"] = step.Child;
        }

        if (step.Reason is not null)
        {
            json["reason"] = step.Reason;
        }

        return json;
    }

    private static string Outcome(Explanation explanation) => explanation switch
    {
        { Delivered.Count: > 0 } => "delivered",
        { Steps: [.., { Outcome: { } outcome }] } => OptionDescriptor.SnakeCase(outcome.ToString()),
        _ => "none",
    };

    private static JsonObject Fields(IEnumerable<FieldChange> changes, Func<FieldChange, JsonNode?> value) =>
        new(changes.Select(c => KeyValuePair.Create(c.Field, value(c))));

    private static JsonObject Change(FieldChange change) => new() { ["from"] = Value(change.From), ["to"] = Value(change.To) };

    private static JsonNode? Value(FieldValue? value) => value is { } known ? JsonNode.Parse(known.Json) : null;
}
