namespace CloudPump.Pipelines;

/// <summary>The connections of a folder, from its connections.yaml: `search: {elasticsearch: {url: ...}}`.</summary>
public sealed class ConnectionSet
{
    /// <summary>The file's name.</summary>
    public const string FileName = "connections.yaml";

    private readonly Dictionary<string, (string Kind, ConnectionDefinition? Definition)> _connections = new(StringComparer.Ordinal);

    /// <summary>The names of all connections.</summary>
    public IEnumerable<string> Names => _connections.Keys;

    /// <summary>The connections without mistakes.</summary>
    public IEnumerable<ConnectionDefinition> Definitions => _connections.Values.Select(c => c.Definition).OfType<ConnectionDefinition>();

    /// <summary>The kind of a connection, or null when there is none of that name.</summary>
    public string? KindOf(string name) => _connections.TryGetValue(name, out var c) ? c.Kind : null;

    /// <summary>The connection of a name and definition class, or null.</summary>
    public T? Find<T>(string name)
        where T : ConnectionDefinition => _connections.TryGetValue(name, out var c) ? c.Definition as T : null;

    /// <summary>Adds a connection made in C#.</summary>
    public void Add(string name, string kind, ConnectionDefinition definition) => _connections[name] = (kind, definition);

    /// <summary>Reads a folder's connections; none when it has no such file.</summary>
    public static ConnectionSet Read(string folder, ComponentRegistry registry, Func<string, string?> environment, List<Diagnostic> diagnostics)
    {
        var set = new ConnectionSet();
        foreach (var (name, kind, definition) in new ComponentFile(ComponentKind.Connection, "connection", registry, environment, diagnostics).Read(Path.Combine(folder, FileName)))
        {
            set._connections[name] = (kind, (ConnectionDefinition?)definition);
        }

        return set;
    }
}
