namespace CloudPump.Pipelines;

/// <summary>Loads pipeline files with their siblings and connections, and checks them together.</summary>
public sealed class PipelineLoader(ComponentRegistry registry, Func<string, string?> environment)
{
    /// <summary>Loads files; a folder stands for the pipeline files in it.</summary>
    /// <exception cref="DefinitionException">There are mistakes.</exception>
    public PipelineSet Load(IEnumerable<string> paths)
    {
        var set = Load(paths, out var diagnostics);
        var errors = diagnostics.Where(d => !d.IsWarning).ToList();
        return errors.Count == 0 ? set : throw new DefinitionException(errors);
    }

    /// <summary>Loads files and reports every mistake and warning, by file, line and column.</summary>
    public PipelineSet Load(IEnumerable<string> paths, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var found = new List<Diagnostic>();
        var files = paths.SelectMany(p => Expand(p, found)).Distinct(StringComparer.Ordinal).ToList();
        var reader = new PipelineReader(registry, environment);
        var names = new PipelineNames();
        var pipelines = new List<PipelineDefinition>();
        foreach (var file in files.Where(f => !IsConnections(f)))
        {
            pipelines.AddRange(reader.ReadFile(file, found));
            names.AddFile(file, found);
        }

        var ignored = new List<Diagnostic>();
        var siblings = new List<PipelineDefinition>();
        foreach (var sibling in files.Select(Folder).Distinct(StringComparer.Ordinal).SelectMany(PipelineFiles).Where(s => !files.Contains(s, StringComparer.Ordinal) && !IsConnections(s)))
        {
            siblings.AddRange(reader.ReadFile(sibling, ignored));
            names.AddSibling(sibling);
        }

        var set = new PipelineSet(pipelines, siblings, Connections(files, found, ignored));
        new PipelineChecker(registry, set, names).Check(found);
        diagnostics = [.. found.OrderBy(d => d.Location.File, StringComparer.Ordinal).ThenBy(d => d.Location.Line).ThenBy(d => d.Location.Column)];
        return set;
    }

    /// <summary>The pipeline files of a folder, by name, connections.yaml included.</summary>
    public static IEnumerable<string> PipelineFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.y*ml")
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal))
            .Select(f => folder == "." ? Path.GetFileName(f) : f)
            .Order(StringComparer.Ordinal);

    private ConnectionSet Connections(List<string> files, List<Diagnostic> found, List<Diagnostic> ignored)
    {
        // One command's files mostly share a folder; with several, the first folder that has connections gives them.
        var folder = files.Select(Folder).Distinct(StringComparer.Ordinal).FirstOrDefault(f => File.Exists(Path.Combine(f, ConnectionSet.FileName)));
        return folder is null
            ? new ConnectionSet()
            : ConnectionSet.Read(folder, registry, environment, files.Exists(IsConnections) ? found : ignored);
    }

    private static IEnumerable<string> Expand(string path, List<Diagnostic> diagnostics)
    {
        if (Directory.Exists(path))
        {
            return PipelineFiles(path);
        }

        if (!File.Exists(path))
        {
            diagnostics.Add(new Diagnostic(new SourceLocation(path, 1, 1), "There is no such file or folder."));
            return [];
        }

        return [path];
    }

    private static string Folder(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";

    private static bool IsConnections(string file) => Path.GetFileName(file) == ConnectionSet.FileName;
}
