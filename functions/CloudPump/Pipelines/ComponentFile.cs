using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>Reads a file of named components, such as connections.yaml: `NAME: {KIND: {OPTIONS}}`.</summary>
/// <param name="kind">What its components are.</param>
/// <param name="word">What one of them is called.</param>
internal sealed class ComponentFile(ComponentKind kind, string word, ComponentRegistry registry, Func<string, string?> environment, List<Diagnostic> diagnostics)
{
    /// <summary>The file's components, those with mistakes without a definition; none when there is no such file.</summary>
    public IReadOnlyList<(string Name, string Kind, ComponentDefinition? Definition)> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(File.ReadAllText(path)));
        }
        catch (YamlException e)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, (int)e.Start.Line, (int)e.Start.Column), $"The YAML is wrong: {e.GetBaseException().Message}"));
            return [];
        }

        var binder = new OptionBinder(path, environment, diagnostics);
        return [.. yaml.Documents.Select(d => d.RootNode).Where(YamlBounds.Holds).OfType<YamlMappingNode>().SelectMany(m => m.Children)
            .Select(c => Read(binder, c.Key, c.Value)).OfType<(string, string, ComponentDefinition?)>()];
    }

    private (string Name, string Kind, ComponentDefinition? Definition)? Read(OptionBinder binder, YamlNode key, YamlNode value)
    {
        if (value is not YamlMappingNode { Children.Count: 1 } map || map.Children[0].Key is not YamlScalarNode { Value: { } name } kindNode)
        {
            binder.Error(key, $"The {word} '{key}' is a map with one kind: {string.Join(", ", registry.Names(kind))}.");
            return null;
        }

        var component = registry.Find(kind, name);
        if (component is null)
        {
            binder.Error(kindNode, $"There is no kind of {word} '{name}'.{Nearest.Hint(name, registry.Names(kind))}");
        }

        return (key.ToString(), name, component is null ? null : binder.Component(component, kindNode, map.Children[0].Value));
    }
}
