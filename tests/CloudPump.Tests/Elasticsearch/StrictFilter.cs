using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>The query parameter filter_path: only what one of its paths leads to stays in an answer.</summary>
internal static class StrictFilter
{
    public static JsonNode Apply(JsonNode answer, string query)
    {
        var paths = query.TrimStart('?').Split('&').Where(p => p.StartsWith("filter_path=", StringComparison.Ordinal)).SelectMany(p => Uri.UnescapeDataString(p[12..]).Split(','));
        var split = paths.Select(p => p.Split('.')).ToList();
        return split.Count == 0 ? answer : Keep(answer, split) ?? new JsonObject();
    }

    private static JsonNode? Keep(JsonNode? node, List<string[]> paths)
    {
        if (paths.Exists(p => p.Length == 0))
        {
            return node?.DeepClone();
        }

        if (node is JsonArray array)
        {
            // Arrays are passed through: a path names what lies in their elements; elements of which nothing stays vanish.
            JsonNode[] kept = [.. array.Select(e => Keep(e, paths)).OfType<JsonNode>()];
            return kept.Length == 0 ? null : new JsonArray(kept);
        }

        var result = new JsonObject();
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            var deeper = paths.Where(p => p[0] == "*" || p[0] == name).Select(p => p[1..]).ToList();
            if (deeper.Count > 0 && Keep(value, deeper) is { } child)
            {
                result[name] = child;
            }
        }

        return result.Count == 0 ? null : result;
    }
}
