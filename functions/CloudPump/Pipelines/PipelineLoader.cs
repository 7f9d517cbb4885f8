using CloudPump.Lookups;

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
        foreach (var file in files.Where(f => !IsNoPipeline(f)))
        {
            pipelines.AddRange(reader.ReadFile(file, found));
            names.AddFile(file, found);
        }

        var ignored = new List<Diagnostic>();
        var siblings = new List<PipelineDefinition>();
        foreach (var sibling in files.Select(Folder).Distinct(StringComparer.Ordinal).SelectMany(PipelineFiles).Where(s => !files.Contains(s, StringComparer.Ordinal) && !IsNoPipeline(s)))
        {
            siblings.AddRange(reader.ReadFile(sibling, ignored));
            names.AddSibling(sibling);
        }

        var connections = InFirst(files, ConnectionSet.FileName, found, ignored, ConnectionSet.Read) ?? new ConnectionSet();
        var lookups = InFirst(files, LookupSet.FileName, found, ignored, LookupSet.Read) ?? new LookupSet();
        var set = new PipelineSet(pipelines, siblings, connections, lookups);
        new PipelineChecker(registry, set, names).Check(found);
        diagnostics = [.. found.OrderBy(d => d.Location.File, StringComparer.Ordinal).ThenBy(d => d.Location.Line).ThenBy(d => d.Location.Column)];
        return set;
    }

    /// <summary>The pipeline files of a folder, by name, connections.yaml and lookups.yaml included.</summary>
    public static IEnumerable<string> PipelineFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.y*ml")
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal))
            .Select(f => folder == "." ? Path.GetFileName(f) : f)
            .Order(StringComparer.Ordinal);

    // One command's files mostly share a folder; with several, the first folder that has such a file gives it.
    private T? InFirst<T>(
        List<string> files, string name, List<Diagnostic> found, List<Diagnostic> ignored, Func<string, ComponentRegistry, Func<string, string?>, List<Diagnostic>, T> read)
        where T : class
    {
        var folder = files.Select(Folder).Distinct(StringComparer.Ordinal).FirstOrDefault(f => File.Exists(Path.Combine(f, name)));
        return folder is null ? null : read(folder, registry, environment, files.Exists(f => Path.GetFileName(f) == name) ? found : ignored);
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

    private static bool IsNoPipeline(string file) => Path.GetFileName(file) is ConnectionSet.FileName or LookupSet.FileName;
}
