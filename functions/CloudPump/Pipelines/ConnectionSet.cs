using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>The connections of a folder, from its connections.yaml: `search: {elasticsearch: {url: ...}}`.</summary>
public sealed class ConnectionSet
{
    /// <summary>The file's name.</summary>
    public const string FileName = "connections.yaml";

    private readonly Dictionary<string, (string Kind, ConnectionDefinition? Definition)> _connections = new(StringComparer.Ordinal);

    /// <summary>The names of all connections.</summary>
    public IEnumerable<string> Names => _connections.Keys;

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
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return set;
        }

        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(File.ReadAllText(path)));
        }
        catch (YamlException e)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, (int)e.Start.Line, (int)e.Start.Column), $"The YAML is wrong: {e.GetBaseException().Message}"));
            return set;
        }

        var binder = new OptionBinder(path, environment, diagnostics);
        foreach (var (key, value) in yaml.Documents.Select(d => d.RootNode).Where(YamlBounds.Holds).OfType<YamlMappingNode>().SelectMany(m => m.Children))
        {
            set.Add(binder, registry, key, value);
        }

        return set;
    }

    private void Add(OptionBinder binder, ComponentRegistry registry, YamlNode key, YamlNode value)
    {
        if (value is not YamlMappingNode { Children.Count: 1 } map || map.Children[0].Key is not YamlScalarNode { Value: { } kind } kindNode)
        {
            binder.Error(key, $"The connection '{key}' is a map with one kind: {string.Join(", ", registry.Names(ComponentKind.Connection))}.");
            return;
        }

        var component = registry.Find(ComponentKind.Connection, kind);
        if (component is null)
        {
            binder.Error(kindNode, $"There is no kind of connection '{kind}'.{Nearest.Hint(kind, registry.Names(ComponentKind.Connection))}");
        }

        var definition = component is null ? null : (ConnectionDefinition?)binder.Component(component, kindNode, map.Children[0].Value);
        _connections[key.ToString()] = (kind, definition);
    }
}
