namespace CloudPump.Parsers.Layouts;

/// <summary>The fields that a field may refer to: those before it, and those before the groups that it stands in.</summary>
internal sealed class LayoutScope(LayoutScope? outer)
{
    private readonly Dictionary<string, LayoutItem> _items = new(StringComparer.Ordinal);

    /// <summary>What could be meant by a name.</summary>
    public IEnumerable<string> Names => _items.Keys.Concat(outer?.Names ?? []);

    /// <summary>What could be meant by FIELD.BIT.</summary>
    public IEnumerable<string> Bits => _items.SelectMany(i => i.Value.Bits.Select(b => $"{i.Key}.{b.Name}")).Concat(outer?.Bits ?? []);

    public LayoutItem? Find(string name) => _items.GetValueOrDefault(name) ?? outer?.Find(name);

    /// <summary>Adds a field; false when its name, or that of its label, is taken.</summary>
    public bool TryAdd(LayoutField field, LayoutItem item) => _items.TryAdd(field.Name, item) && (field.Label is null || _items.TryAdd(field.Label, item));
}
