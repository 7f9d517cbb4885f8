using System.Text.Json;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>One action of a request, with its source line if it takes one.</summary>
internal sealed record StrictItem(string Action, JsonElement Metadata, string? Source)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "_index", "_id", "routing", "if_seq_no", "if_primary_term", "version", "version_type", "pipeline", "require_alias", "dynamic_templates", "op_type",
    };

    public string? Id => Text("_id");

    public string? Pipeline => Text("pipeline");

    public bool RequiresAlias => Metadata.TryGetProperty("require_alias", out var value) && value.GetBoolean();

    public long? IfSeqNo => Metadata.TryGetProperty("if_seq_no", out var value) ? value.GetInt64() : null;

    // Fact 8: an index with op_type create is reported under create.
    public string Key => Action == "index" && Text("op_type") == "create" ? "create" : Action;

    public string Index(string? fallback) => Text("_index") ?? fallback ?? throw StrictException.Malformed("an index is missing");

    /// <summary>Reads a body: facts 2, 4, 6, 7, 10.</summary>
    public static List<StrictItem> ReadAll(byte[] body)
    {
        if (body.Length == 0 || body[^1] != '\n')
        {
            throw StrictException.Malformed("The bulk request must be terminated by a newline [\\n]");
        }

        var lines = System.Text.Encoding.UTF8.GetString(body)[..^1].Split('\n');
        var items = new List<StrictItem>();
        for (var i = 0; i < lines.Length; i++)
        {
            var (action, metadata) = ReadAction(lines[i].TrimEnd('\r'), i + 1);
            var source = action == "delete" ? null : ++i < lines.Length ? lines[i].TrimEnd('\r') : throw StrictException.Malformed("The last action has no source line");
            items.Add(new StrictItem(action, metadata, source));
        }

        return items;
    }

    private static (string Action, JsonElement Metadata) ReadAction(string line, int number)
    {
        var root = Json(line, number);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw StrictException.Malformed($"Malformed action/metadata line [{number}], expected START_OBJECT but found [{root.ValueKind}]");
        }

        var actions = root.EnumerateObject().ToList();
        if (actions.Count != 1 || actions[0].Value.ValueKind != JsonValueKind.Object)
        {
            throw StrictException.Malformed($"Malformed action/metadata line [{number}], expected FIELD_NAME but found [END_OBJECT]");
        }

        var action = actions[0].Name;
        if (action is not ("create" or "index" or "update" or "delete"))
        {
            throw StrictException.Malformed($"Malformed action/metadata line [{number}], expected field [create], [delete], [index] or [update] but found [{action}]");
        }

        foreach (var option in actions[0].Value.EnumerateObject().Where(o => !Known.Contains(o.Name) && !(o.Name == "retry_on_conflict" && action == "update")))
        {
            throw StrictException.Malformed($"Action/metadata line [{number}] contains an unknown parameter [{option.Name}]");
        }

        return (action, actions[0].Value);
    }

    private static JsonElement Json(string line, int number)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            throw StrictException.Malformed($"Malformed action/metadata line [{number}]");
        }
    }

    private string? Text(string name) => Metadata.TryGetProperty(name, out var value) ? value.GetString() : null;
}
