using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Pipelines;

/// <summary>Reads pipeline files. It reports every mistake that one file alone shows; what needs the other pipelines is checked by <see cref="PipelineChecker"/>.</summary>
public sealed class PipelineReader(ComponentRegistry registry, Func<string, string?> environment)
{
    private static readonly string[] Keys = ["pipeline", "description", "personal", "sources", "processors", "sink", "tests"];

    /// <summary>Reads one file; the definitions without mistakes come back, the mistakes go into <paramref name="diagnostics"/>.</summary>
    public IReadOnlyList<PipelineDefinition> ReadFile(string path, List<Diagnostic> diagnostics)
    {
        try
        {
            return Read(path, File.ReadAllText(path), diagnostics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, 1, 1), $"The file cannot be read: {e.Message}"));
            return [];
        }
    }

    /// <summary>Reads the text of a file; several YAML documents are several pipelines.</summary>
    public IReadOnlyList<PipelineDefinition> Read(string path, string text, List<Diagnostic> diagnostics)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, (int)e.Start.Line, (int)e.Start.Column), $"The YAML is wrong: {Innermost(e)}"));
            return [];
        }

        if (yaml.Documents.Count == 0)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, 1, 1), "The file is empty; a pipeline file begins with 'pipeline: NAME'."));
        }

        var binder = new OptionBinder(path, environment, diagnostics);
        return [.. yaml.Documents.Select(d => Pipeline(binder, d.RootNode, diagnostics)).OfType<PipelineDefinition>()];
    }

    /// <summary>Reads one processor, such as <see cref="DefinitionText"/> writes it; null when it has mistakes.</summary>
    public ProcessorDefinition? ReadProcessor(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var binder = new OptionBinder("(store)", environment, []);
        return Single(binder, yaml.Documents[0].RootNode) is var (key, value) ? (ProcessorDefinition?)Processor(binder, key, value) : null;
    }

    private PipelineDefinition? Pipeline(OptionBinder binder, YamlNode root, List<Diagnostic> diagnostics)
    {
        if (!YamlBounds.Holds(root))
        {
            binder.Error(root, "The document is nested too deep or too large; an alias (*name) may refer to what it stands in.");
            return null;
        }

        if (root is not YamlMappingNode map)
        {
            binder.Error(root, "A pipeline file is a map that begins with 'pipeline: NAME'.");
            return null;
        }

        var before = diagnostics.Count;
        var parts = map.Children.Where(c => c.Key is YamlScalarNode).ToDictionary(c => ((YamlScalarNode)c.Key).Value ?? "", c => c.Value, StringComparer.Ordinal);
        foreach (var (key, _) in map.Children)
        {
            if ((key as YamlScalarNode)?.Value is not { } name || !Keys.Contains(name, StringComparer.Ordinal))
            {
                binder.Error(key, $"A pipeline has no part '{key}'.{Nearest.Hint(key.ToString(), Keys)}");
            }
        }

        var named = Name(binder, map, parts);
        var sources = Items(binder, parts.GetValueOrDefault("sources"), (k, v) => Source(binder, k, v));
        var processors = Items(binder, parts.GetValueOrDefault("processors"), (k, v) => Processor(binder, k, v));
        var sink = Sink(binder, map, parts.GetValueOrDefault("sink"));
        var personal = Personal(binder, parts.GetValueOrDefault("personal"));
        var tests = new PipelineTestReader(binder).Read(parts.GetValueOrDefault("tests"));
        return diagnostics.Count > before || named is null || sink is null ? null : new PipelineDefinition
        {
            Name = named,
            Location = binder.At(parts["pipeline"]),
            Description = (parts.GetValueOrDefault("description") as YamlScalarNode)?.Value ?? "",
            Sources = [.. sources.Cast<SourceDefinition>()],
            Processors = [.. processors.Cast<ProcessorDefinition>()],
            Sink = (SinkDefinition)sink,
            Personal = personal,
            Tests = tests,
        };
    }

    private static string? Name(OptionBinder binder, YamlMappingNode map, Dictionary<string, YamlNode> parts)
    {
        if (!parts.TryGetValue("pipeline", out var node) || node is not YamlScalarNode { Value: { } name })
        {
            binder.Error(node ?? map, "The pipeline has no name; begin with 'pipeline: NAME'.");
            return null;
        }

        if (!PipelineName.IsValid(name))
        {
            binder.Error(node, $"'{name}' cannot be a pipeline's name: it takes {PipelineName.Rule}.");
            return null;
        }

        return name;
    }

    private static List<string> Personal(OptionBinder binder, YamlNode? node)
    {
        var fields = (node as YamlSequenceNode)?.Children.Select(c => (c as YamlScalarNode)?.Value ?? "").ToList() ?? [];
        if (node is not null && !OptionBinder.IsEmpty(node) && (node is not YamlSequenceNode || fields.Contains("")))
        {
            binder.Error(node, "'personal' takes a list of fields: personal: [client_ip, user.email].");
        }

        return fields;
    }

    private static List<ComponentDefinition> Items(OptionBinder binder, YamlNode? node, Func<YamlScalarNode, YamlNode?, ComponentDefinition?> make)
    {
        var result = new List<ComponentDefinition>();
        if (node is null || OptionBinder.IsEmpty(node))
        {
            return result;
        }

        if (node is not YamlSequenceNode list)
        {
            binder.Error(node, "Here stands a list: each item begins with '- '.");
            return result;
        }

        foreach (var item in list.Children)
        {
            if (Single(binder, item) is var (key, value) && make(key, value) is { } definition)
            {
                result.Add(definition);
            }
        }

        return result;
    }

    private static (YamlScalarNode Key, YamlNode? Value)? Single(OptionBinder binder, YamlNode item)
    {
        switch (item)
        {
            case YamlScalarNode { Value: not null } scalar when !OptionBinder.IsEmpty(scalar):
                return (scalar, null);
            case YamlMappingNode { Children.Count: 1 } map when map.Children[0].Key is YamlScalarNode key:
                return (key, map.Children[0].Value);
            case YamlMappingNode { Children.Count: > 1 } map:
                binder.Error(map.Children[1].Key, $"An item is one component; '{map.Children[1].Key}' is a second one. Begin a new item with '- ', or indent it as an option.");
                return null;
            default:
                binder.Error(item, "An item is one component: its name, then its options.");
                return null;
        }
    }

    private ComponentDefinition? Source(OptionBinder binder, YamlScalarNode key, YamlNode? value) =>
        Find(binder, ComponentKind.Source, "source", key, value);

    private ComponentDefinition? Processor(OptionBinder binder, YamlScalarNode key, YamlNode? value)
    {
        if (key.Value == "parse")
        {
            if (value is null || Single(binder, value) is not var (parser, options))
            {
                binder.Error(key, $"'parse' takes a parser: {string.Join(", ", registry.Names(ComponentKind.Parser))}.");
                return null;
            }

            return Find(binder, ComponentKind.Parser, "parser", parser, options);
        }

        if (registry.FindProcessor(key.Value!) is { } component)
        {
            return binder.Component(component, key, value);
        }

        var asParser = registry.Find(ComponentKind.Parser, key.Value!) is not null ? $" It is a parser: write 'parse: {key.Value}'." : null;
        binder.Error(key, $"There is no processor '{key.Value}'.{asParser ?? Nearest.Hint(key.Value!, registry.Processors.Select(p => p.Name).Append("parse"))}");
        return null;
    }

    private ComponentDefinition? Sink(OptionBinder binder, YamlMappingNode map, YamlNode? node)
    {
        if (node is null || OptionBinder.IsEmpty(node))
        {
            binder.Error(node ?? map, $"The pipeline has no sink; add 'sink:' with one of {string.Join(", ", registry.Names(ComponentKind.Sink))}.");
            return null;
        }

        return Single(binder, node) is var (key, value) ? Find(binder, ComponentKind.Sink, "sink", key, value) : null;
    }

    private ComponentDefinition? Find(OptionBinder binder, ComponentKind kind, string word, YamlScalarNode key, YamlNode? value)
    {
        if (registry.Find(kind, key.Value!) is { } component)
        {
            return binder.Component(component, key, value);
        }

        var hint = Nearest.Hint(key.Value!, registry.Names(kind));
        binder.Error(key, $"There is no {word} '{key.Value}'.{(hint.Length > 0 ? hint : $" There are: {string.Join(", ", registry.Names(kind))}.")}");
        return null;
    }

    private static string Innermost(Exception e) => (e.InnerException is null ? e : e.GetBaseException()).Message;
}
