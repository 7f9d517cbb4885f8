using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>
/// The pipeline names of files, read without looking at the rest: a file with a mistake still has a name that others may refer to.
/// </summary>
internal sealed class PipelineNames
{
    private readonly Dictionary<string, SourceLocation> _names = new(StringComparer.Ordinal);

    public IEnumerable<string> All => _names.Keys;

    public bool Contains(string name) => _names.ContainsKey(name);

    public void AddSibling(string file)
    {
        foreach (var (name, location) in NamesIn(file))
        {
            _names.TryAdd(name, location);
        }
    }

    public void AddFile(string file, List<Diagnostic> diagnostics)
    {
        foreach (var (name, location) in NamesIn(file))
        {
            if (!_names.TryAdd(name, location))
            {
                diagnostics.Add(new Diagnostic(location, $"The pipeline '{name}' is declared twice; the other one stands at {_names[name]}."));
            }
        }
    }


    private static IEnumerable<(string Name, SourceLocation Location)> NamesIn(string file)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(File.ReadAllText(file)));
        }
        catch (Exception e) when (e is YamlException or IOException or UnauthorizedAccessException)
        {
            // The reader reports it; here it only means that no name can be had.
            return [];
        }

        return yaml.Documents.Select(d => d.RootNode).OfType<YamlMappingNode>()
            .SelectMany(m => m.Children)
            .Where(c => c.Key is YamlScalarNode { Value: "pipeline" } && c.Value is YamlScalarNode { Value: not null })
            .Select(c => (((YamlScalarNode)c.Value).Value!, new SourceLocation(file, (int)c.Value.Start.Line, (int)c.Value.Start.Column)));
    }
}
