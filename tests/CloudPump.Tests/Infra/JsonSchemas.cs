extern alias schemas;

using System.Text.Json.Nodes;
using schemas::Json.Schema;

namespace CloudPump.Tests.Infra;

/// <summary>Published JSON schemas; a test that needs one is skipped where they are not to be had.</summary>
internal static class JsonSchemas
{
    /// <summary>The violations of a document, each with its place.</summary>
    public static IReadOnlyList<string> Violations(string schema, JsonNode? document)
    {
        // `\w-\.` is a range that begins with a class: allowed in the schema's own dialect, not in .NET's.
        var text = File.ReadAllText(TestData.Require(Path.Combine("schemas", schema))).Replace(@"\\w-", @"\\w\\-", StringComparison.Ordinal);
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List };

        // Parts that a schema only points to are not to be had without a network; they say nothing of ours.
        options.SchemaRegistry.Fetch = _ => JsonSchema.True;
        var result = JsonSchema.FromText(text).Evaluate(document?.DeepClone(), options);
        return result.IsValid ? [] : [.. result.Details.Where(d => d.HasErrors).SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")).DefaultIfEmpty("invalid")];
    }
}
