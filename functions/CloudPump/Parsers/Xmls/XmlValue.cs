namespace CloudPump.Parsers.Xmls;

/// <summary>An element or attribute: its text, and what it has by name in the order of the document.</summary>
internal sealed class XmlValue
{
    private Dictionary<string, int>? _places;

    /// <summary>The text; null for none.</summary>
    public string? Text { get; set; }

    /// <summary>What it has, each name once with all that have it.</summary>
    public List<(string Name, List<XmlValue> Values)> Members { get; } = [];

    /// <summary>Adds an element or attribute.</summary>
    public void Add(string name, XmlValue value)
    {
        _places ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (_places.TryGetValue(name, out var place))
        {
            Members[place].Values.Add(value);
            return;
        }

        _places.Add(name, Members.Count);
        Members.Add((name, [value]));
    }

    /// <summary>Adds a piece of text; white space between elements is none.</summary>
    public void AddText(string text) => Text += text;
}
