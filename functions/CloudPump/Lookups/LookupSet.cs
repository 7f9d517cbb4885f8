using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>The lookups of a folder, from its lookups.yaml: `cells: {csv: {path: cells.csv, key: cell}}`.</summary>
public sealed class LookupSet
{
    /// <summary>The file's name.</summary>
    public const string FileName = "lookups.yaml";

    private readonly Dictionary<string, LookupDefinition?> _lookups = new(StringComparer.Ordinal);

    /// <summary>The names of all lookups.</summary>
    public IReadOnlyCollection<string> Names => _lookups.Keys;

    /// <summary>The lookups without mistakes.</summary>
    public IEnumerable<LookupDefinition> Definitions => _lookups.Values.OfType<LookupDefinition>();

    /// <summary>The folder that relative paths begin in.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Whether there is a lookup of that name, be it with mistakes.</summary>
    public bool Contains(string name) => _lookups.ContainsKey(name);

    /// <summary>The lookup of a name, or null.</summary>
    public LookupDefinition? Find(string name) => _lookups.GetValueOrDefault(name);

    /// <summary>Adds a lookup made in C#.</summary>
    public void Add(string name, LookupDefinition definition) => _lookups[name] = definition;

    /// <summary>Reads a folder's lookups; none when it has no such file.</summary>
    public static LookupSet Read(string folder, ComponentRegistry registry, Func<string, string?> environment, List<Diagnostic> diagnostics)
    {
        var set = new LookupSet { Folder = Path.GetFullPath(folder) };
        foreach (var (name, _, definition) in new ComponentFile(ComponentKind.Lookup, "lookup", registry, environment, diagnostics).Read(Path.Combine(folder, FileName)))
        {
            set._lookups[name] = (LookupDefinition?)definition;
        }

        return set;
    }
}
