using System.Text;
using System.Text.Json.Nodes;
using CloudPump.Events;
using CloudPump.Lookups.Tables;
using CloudPump.Parsers.Delimited;

namespace CloudPump.Lookups;

/// <summary>Lookups for people and files: keys from words, entries as JSON, files as entries.</summary>
public static class LookupText
{
    /// <summary>A key of parts given as text; null when there are too many or too few, or one is not of its type.</summary>
    public static byte[]? KeyOf(Lookup lookup, IReadOnlyList<string> parts)
    {
        var key = new LookupKey(stackalloc byte[LookupTable.MaxKey + 1], lookup.Definition.Options.Types);
        foreach (var part in parts)
        {
            if (key.IsWhole || !key.TryAppend(Encoding.UTF8.GetBytes(part)))
            {
                return null;
            }
        }

        return key.IsWhole ? key.Written.ToArray() : null;
    }

    /// <summary>An entry's value as JSON.</summary>
    public static JsonNode? Value(in LookupEntry entry) => entry.Kind switch
    {
        FieldKind.Null => null,
        FieldKind.String or FieldKind.PlainString or FieldKind.Timestamp => JsonValue.Create(Encoding.UTF8.GetString(entry.Value)),
        FieldKind.Bytes => JsonValue.Create(Convert.ToBase64String(entry.Value)),
        _ => JsonNode.Parse(entry.Value),
    };

    /// <summary>Every entry as {key, value}, by key; the key of several parts is a list.</summary>
    public static IEnumerable<JsonObject> Entries(Lookup lookup)
    {
        var entries = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        lookup.Table.ForEach((blocks, address) =>
        {
            var entry = blocks.Read(address);
            if (entry.Kind != FieldKind.Missing)
            {
                var key = LookupKey.Text(entry.Key);
                var parts = Encoding.UTF8.GetString(entry.Key).Split((char)LookupKey.Separator);
                entries[key] = new JsonObject
                {
                    ["key"] = parts.Length == 1 ? parts[0] : new JsonArray([.. parts.Select(p => (JsonNode)p)]),
                    ["value"] = Value(entry),
                };
            }
        });
        return entries.Values;
    }

    /// <summary>Reads a text as a lookup's entries.</summary>
    /// <exception cref="LookupException">The text is not of the format, or a record cannot be an entry.</exception>
    public static async Task<LookupTable> ReadAsync(Lookup lookup, Stream input, LookupFormat format, CancellationToken cancellationToken)
    {
        var load = new LookupLoad(new LookupRecords(lookup.Name, lookup.Definition.Options)) { Name = lookup.Name, Folder = "" };
        await load.ReadAsync(input, format, new CsvOptions(), cancellationToken);
        return load.Table;
    }
}
