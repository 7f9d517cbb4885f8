using System.Text.Json;

namespace CloudPump.Parsers.AvroData;

/// <summary>Reads schemas from their JSON text (specification 1.12). What it refuses it names by its place in the schema; sizes are bounded, as schemas come with files too.</summary>
internal sealed class AvroSchemaReader
{
    private const int MostText = 4 << 20;
    private const int MostTypes = 50_000;
    private const int MostDeep = 200;
    private readonly AvroNames _names = new();
    private int _types;

    /// <summary>Reads one schema.</summary>
    /// <exception cref="AvroSchemaException">The text is no schema.</exception>
    public static AvroSchema Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MostText)
        {
            throw new AvroSchemaException($"The schema is longer than {MostText >> 20} MB.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDeep });
            return new AvroSchemaReader().Type(document.RootElement.Clone(), "", "the schema");
        }
        catch (JsonException e)
        {
            throw new AvroSchemaException($"The schema is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new AvroSchemaException("The schema is not valid JSON: a string holds half of a surrogate pair.");
        }
    }

    private AvroSchema Type(JsonElement json, string space, string place)
    {
        if (++_types > MostTypes)
        {
            throw new AvroSchemaException($"The schema has more than {MostTypes} types.");
        }

        return json.ValueKind switch
        {
            JsonValueKind.String => Named(json.GetString()!, space, place),
            JsonValueKind.Array => Union(json, space, place),
            JsonValueKind.Object => Declared(json, space, place),
            _ => throw new AvroSchemaException($"{place}: a type is a name, a list (a union) or an object with a \"type\"."),
        };
    }

    private AvroSchema Named(string name, string space, string place) =>
        Primitive(name) is { } type ? new AvroSchema(type) : _names.Find(name, space) ?? throw new AvroSchemaException($"{place}: there is no type '{name}' before it is used.");

    private static AvroType? Primitive(string name) => name switch
    {
        "null" => AvroType.Null,
        "boolean" => AvroType.Boolean,
        "int" => AvroType.Int,
        "long" => AvroType.Long,
        "float" => AvroType.Float,
        "double" => AvroType.Double,
        "bytes" => AvroType.Bytes,
        "string" => AvroType.String,
        _ => null,
    };

    private AvroSchema Union(JsonElement json, string space, string place)
    {
        var branches = new List<AvroSchema>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in json.EnumerateArray())
        {
            var branch = Type(item, space, place);
            if (branch.Type == AvroType.Union || !seen.Add(branch.Name.Length > 0 ? branch.Name : branch.TypeName))
            {
                throw new AvroSchemaException($"{place}: a union has each type once, and no union in it; {branch.Display} is one too many.");
            }

            branches.Add(branch);
        }

        return new AvroSchema(AvroType.Union) { Items = branches };
    }

    private AvroSchema Declared(JsonElement json, string space, string place)
    {
        if (!json.TryGetProperty("type", out var type))
        {
            throw new AvroSchemaException($"{place}: the object has no \"type\".");
        }

        if (type.ValueKind != JsonValueKind.String)
        {
            return Type(type, space, place);
        }

        var name = type.GetString()!;
        return name switch
        {
            "record" or "error" => Record(json, space, place),
            "enum" => Enum(json, space, place),
            "fixed" => Fixed(json, space, place),
            "array" => new AvroSchema(AvroType.Array) { Items = [Type(Member(json, "items", place), space, $"the items of {place}")] },
            "map" => new AvroSchema(AvroType.Map) { Items = [Type(Member(json, "values", place), space, $"the values of {place}")] },
            _ when Primitive(name) is { } primitive => AvroLogicalReader.Of(new AvroSchema(primitive), json),
            _ => Named(name, space, place),
        };
    }

    private AvroSchema Record(JsonElement json, string space, string place)
    {
        var name = AvroNames.FullName(json, ref space, place);
        var record = new AvroSchema(AvroType.Record) { Name = name, Aliases = AvroNames.Aliases(json, space) };
        _names.Add(record, place);
        var fields = Member(json, "fields", place);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields.ValueKind == JsonValueKind.Array ? fields.EnumerateArray() : throw new AvroSchemaException($"{place}: \"fields\" is a list."))
        {
            var fieldName = AvroNames.Text(field, "name") ?? throw new AvroSchemaException($"A field of {name} has no name.");
            if (!seen.Add(fieldName))
            {
                throw new AvroSchemaException($"{name} has two fields '{fieldName}'.");
            }

            var schema = Type(Member(field, "type", $"{name}.{fieldName}"), space, $"{name}.{fieldName}");
            record.Fields.Add(new AvroField(fieldName, AvroNames.Texts(field, "aliases"), schema, field.TryGetProperty("default", out var value) ? value : null));
        }

        return record;
    }

    private AvroSchema Enum(JsonElement json, string space, string place)
    {
        var name = AvroNames.FullName(json, ref space, place);
        var symbols = AvroNames.Texts(json, "symbols");
        if (symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count)
        {
            throw new AvroSchemaException($"The enum {name} has a symbol twice.");
        }

        var schema = new AvroSchema(AvroType.Enum)
        {
            Name = name, Aliases = AvroNames.Aliases(json, space), Symbols = symbols, EnumDefault = AvroNames.Text(json, "default"),
        };
        _names.Add(schema, place);
        return schema.EnumDefault is { } value && !symbols.Contains(value, StringComparer.Ordinal)
            ? throw new AvroSchemaException($"The default of the enum {name} is not one of its symbols.")
            : schema;
    }

    private AvroSchema Fixed(JsonElement json, string space, string place)
    {
        var name = AvroNames.FullName(json, ref space, place);
        if (!json.TryGetProperty("size", out var size) || size.ValueKind != JsonValueKind.Number || !size.TryGetInt32(out var bytes) || bytes < 0)
        {
            throw new AvroSchemaException($"The fixed {name} needs a \"size\" in bytes.");
        }

        var schema = AvroLogicalReader.Of(new AvroSchema(AvroType.Fixed) { Name = name, Aliases = AvroNames.Aliases(json, space), Size = bytes }, json);
        _names.Add(schema, place);
        return schema;
    }

    private static JsonElement Member(JsonElement json, string name, string place) =>
        json.TryGetProperty(name, out var value) ? value : throw new AvroSchemaException($"{place}: \"{name}\" is missing.");
}
