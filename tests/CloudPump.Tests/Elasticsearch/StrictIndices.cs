using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPump.Tests.Elasticsearch;

/// <summary>The indices of the stand-in, and what single items may do to them: facts 4, 5, 8, 14, 15, 19 and the table of failures.</summary>
internal sealed class StrictIndices
{
    private long _seqNo;
    private int _made;

    public Dictionary<string, Dictionary<string, StrictDocument>> All { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DataStreams { get; } = new(StringComparer.Ordinal);

    public HashSet<string> AliasesWithoutWriteIndex { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Pipelines { get; } = new(StringComparer.Ordinal) { "_none" };

    /// <summary>Fields that are mapped as long.</summary>
    public HashSet<string> Longs { get; } = new(StringComparer.Ordinal);

    public IEnumerable<StrictDocument> Documents => All.Values.SelectMany(i => i.Values);

    /// <summary>Applies an item; gives what the answer says of it.</summary>
    public JsonObject Apply(StrictItem item, string? pathIndex)
    {
        var index = item.Index(pathIndex);
        var refusal = Refuse(item, index);
        if (refusal is not null)
        {
            return refusal.ToJson(index, item.Id);
        }

        var documents = All.TryGetValue(index, out var found) ? found : All[index] = new(StringComparer.Ordinal);
        var id = item.Id ?? $"generated-{++_made}";
        var old = documents.GetValueOrDefault(id);
        if (item.IfSeqNo is { } expected && old?.SeqNo != expected)
        {
            return new StrictRefusal(409, "version_conflict_engine_exception", $"[{id}]: version conflict, required seqNo [{expected}]").ToJson(index, id);
        }

        return item.Key switch
        {
            "create" when old is not null => new StrictRefusal(409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [{old.Version}])").ToJson(index, id),
            "update" when old is null => new StrictRefusal(404, "document_missing_exception", $"[{id}]: document missing").ToJson(index, id),
            "delete" => Done(index, id, documents.Remove(id) ? "deleted" : "not_found", (old?.Version ?? 0) + 1),
            "update" => Update(documents, index, old!, JsonNode.Parse(item.Source!)!["doc"]!.AsObject()),
            _ => Store(documents, index, id, old, JsonNode.Parse(item.Source!)!.AsObject()),
        };
    }

    private StrictRefusal? Refuse(StrictItem item, string index) => item switch
    {
        { Id: "" } => StrictRefusal.Illegal("if _id is specified it must not be empty"),
        { Pipeline: { } pipeline } when !Pipelines.Contains(pipeline) => StrictRefusal.Illegal($"pipeline with id [{pipeline}] does not exist"),
        { RequiresAlias: true } => new StrictRefusal(404, "index_not_found_exception", $"no such index [{index}] and [require_alias] request flag is [true]"),
        _ when AliasesWithoutWriteIndex.Contains(index) => StrictRefusal.Illegal($"no write index is defined for alias [{index}]"),
        _ when DataStreams.Contains(index) && item.Key != "create" => StrictRefusal.Illegal("only write ops with an op_type of create are allowed in data streams"),
        _ when index.Any(char.IsUpper) => new StrictRefusal(400, "invalid_index_name_exception", $"Invalid index name [{index}], must be lowercase"),
        { Key: "create" or "index" } => RefuseSource(item),
        _ => null,
    };

    private StrictRefusal? RefuseSource(StrictItem item)
    {
        try
        {
            using var source = JsonDocument.Parse(item.Source!);
            foreach (var field in source.RootElement.EnumerateObject().Where(f => Longs.Contains(f.Name)))
            {
                if (field.Value.ValueKind != JsonValueKind.Number && !long.TryParse(field.Value.ToString(), out _))
                {
                    return Unparsable($"[1:14] failed to parse field [{field.Name}] of type [long] in document with id '{item.Id}'. Preview of field's value: '{field.Value}'");
                }
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Unparsable($"failed to parse: {item.Source}");
        }
    }

    private static StrictRefusal Unparsable(string reason) => new(400, "document_parsing_exception", reason);

    private JsonObject Store(Dictionary<string, StrictDocument> documents, string index, string id, StrictDocument? old, JsonObject source)
    {
        documents[id] = new StrictDocument(id, source, (old?.Version ?? 0) + 1, _seqNo);
        return Done(index, id, old is null ? "created" : "updated", documents[id].Version);
    }

    private JsonObject Update(Dictionary<string, StrictDocument> documents, string index, StrictDocument old, JsonObject changes)
    {
        var source = old.Source.DeepClone().AsObject();
        foreach (var (name, value) in changes)
        {
            source[name] = value?.DeepClone();
        }

        return JsonNode.DeepEquals(source, old.Source) ? Done(index, old.Id, "noop", old.Version) : Store(documents, index, old.Id, old, source);
    }

    private JsonObject Done(string index, string id, string result, int version) => new()
    {
        ["_index"] = index,
        ["_id"] = id,
        ["_version"] = version,
        ["result"] = result,
        ["_shards"] = new JsonObject { ["total"] = 2, ["successful"] = 1, ["failed"] = 0 },
        ["_seq_no"] = _seqNo++,
        ["_primary_term"] = 1,
        ["status"] = result switch { "created" => 201, "not_found" => 404, _ => 200 },
    };
}
