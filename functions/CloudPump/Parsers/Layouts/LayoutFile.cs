using CloudPump.Pipelines;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPump.Parsers.Layouts;

/// <summary>Finds and reads layouts: the ready ones, and files of users.</summary>
internal static class LayoutFile
{
    private const string Prefix = "layouts/";
    private const string Extension = ".yaml";

    /// <summary>The names of the ready layouts.</summary>
    public static IEnumerable<string> Ready => typeof(LayoutFile).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^Extension.Length]);

    /// <summary>Reads a layout; null, and diagnostics, when it has mistakes.</summary>
    /// <param name="name">A ready layout's name, or a path relative to the pipeline file.</param>
    /// <param name="component">Who uses it.</param>
    /// <param name="diagnostics">Gets the mistakes.</param>
    public static Layout? Load(string name, ComponentDefinition component, List<Diagnostic> diagnostics)
    {
        if (Ready.Contains(name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(typeof(LayoutFile).Assembly.GetManifestResourceStream($"{Prefix}{name}{Extension}")!);
            return Read(name, reader.ReadToEnd(), diagnostics);
        }

        var path = Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(component.Location.File ?? "code"))!);
        try
        {
            return Read(path, File.ReadAllText(path), diagnostics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
            diagnostics.Add(new Diagnostic(component.LocationOf("layout"), $"The layout '{name}' cannot be read: {why}. Ready layouts are: {string.Join(", ", Ready)}."));
            return null;
        }
    }

    /// <summary>Reads a layout's text.</summary>
    public static Layout? Read(string file, string text, List<Diagnostic> diagnostics)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(file, (int)e.Start.Line, (int)e.Start.Column), $"The YAML is wrong: {e.Message}"));
            return null;
        }

        if (yaml.Documents.Count != 1 || !YamlBounds.Holds(yaml.Documents[0].RootNode))
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(file, 1, 1), "A layout is one YAML document, not nested too deep and not too large."));
            return null;
        }

        return new OptionBinder(file, static _ => null, diagnostics).Options<Layout>("layout", yaml.Documents[0].RootNode);
    }
}
