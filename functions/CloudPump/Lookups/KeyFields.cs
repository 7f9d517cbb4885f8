using CloudPump.Events;

namespace CloudPump.Lookups;

/// <summary>The fields of events that are a lookup's key.</summary>
internal sealed class KeyFields
{
    private readonly FieldPath[] _paths;
    private readonly FieldType[] _types;

    /// <summary>Resolves the fields; without names those of the lookup's own key.</summary>
    public KeyFields(Lookup lookup, IReadOnlyList<string> names, FieldTable fields)
    {
        _types = lookup.Definition.Options.Types;
        _paths = [.. (names.Count > 0 ? names : lookup.Definition.Options.Key).Take(_types.Length).Select(n => new FieldPath(n, fields))];
    }

    /// <summary>Writes an event's key; false when a part is missing, null, or cannot be one.</summary>
    public bool TryWrite(EventBatch batch, int row, ref LookupKey key)
    {
        foreach (var path in _paths)
        {
            if (!key.TryAppend(batch, path.Get(batch, row)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A key to write to.</summary>
    public LookupKey NewKey(Span<byte> room) => new(room, _types);

    /// <summary>What is wrong with the number of names; null when it fits.</summary>
    public static string? Problem(LookupDefinition lookup, IReadOnlyList<string> names) => names.Count == 0 || names.Count == lookup.Options.Types.Length
        ? null
        : $"The key of this lookup has {lookup.Options.Types.Length} part(s): {string.Join(", ", lookup.Options.Key)}.";
}
