using System.Text.Json;

namespace CloudPump.Parsers.AvroData;

/// <summary>The named types of a schema, and the rules of names and namespaces (specification 1.12, "Names").</summary>
internal sealed class AvroNames
{
    private readonly Dictionary<string, AvroSchema> _types = new(StringComparer.Ordinal);

    public void Add(AvroSchema schema, string place)
    {
        if (!_types.TryAdd(schema.Name, schema))
        {
            throw new AvroSchemaException($"{place}: there are two types named '{schema.Name}'.");
        }
    }

    /// <summary>The type of a name as it is used in a namespace.</summary>
    public AvroSchema? Find(string name, string space) => _types.GetValueOrDefault(Qualify(name, space)) ?? _types.GetValueOrDefault(name);

    /// <summary>A type's full name, and the namespace that holds for what it contains.</summary>
    public static string FullName(JsonElement json, ref string space, string place)
    {
        var name = Text(json, "name");
        if (string.IsNullOrEmpty(name))
        {
            throw new AvroSchemaException($"{place}: the type has no name.");
        }

        name = Qualify(name, Text(json, "namespace") ?? space);
        space = name[..Math.Max(name.LastIndexOf('.'), 0)];
        return name.TrimStart('.');
    }

    public static IReadOnlyList<string> Aliases(JsonElement json, string space) => [.. Texts(json, "aliases").Select(a => Qualify(a, space))];

    public static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static IReadOnlyList<string> Texts(JsonElement json, string member)
    {
        if (!json.TryGetProperty(member, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(i => i.GetString()!)]
            : throw new AvroSchemaException($"\"{member}\" is a list of texts.");
    }

    private static string Qualify(string name, string space) => name.Contains('.') || space.Length == 0 ? name : $"{space}.{name}";
}
