using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A lookup from a JSON file: a list of objects, objects one after another (NDJSON), or one object whose members are keys and values.</summary>
[Component(ComponentKind.Lookup, "json", "A lookup from a JSON or NDJSON file, read again when the file changes.", Example = "countries:\n  json: {path: data/countries.json, key: code, value: name}")]
public sealed class JsonLookup : FileLookup
{
    private protected override LookupFormat Format => LookupFormat.Json;
}
