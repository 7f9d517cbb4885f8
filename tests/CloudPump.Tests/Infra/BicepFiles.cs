using CloudPump.Tests.Cli;

namespace CloudPump.Tests.Infra;

/// <summary>The Bicep files of this repository.</summary>
internal static class BicepFiles
{
    /// <summary>The folder of the infrastructure.</summary>
    public static readonly string Folder = Repository.Path("infra");

    /// <summary>The paths of all files, from the folder.</summary>
    public static IReadOnlyList<string> All => [.. Directory.GetFiles(Folder, "*.bicep", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The text of all files.</summary>
    public static string Everything => string.Join('\n', All.Select(Text));

    /// <summary>The text of a file.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n");

    /// <summary>A file, or null when there is none.</summary>
    public static BicepFile? Find(string file) => File.Exists(Path.Combine(Folder, file)) ? new BicepFile(Text(file)) : null;

    /// <summary>A file that must be there.</summary>
    public static BicepFile Of(string file) => Find(file) ?? throw new FileNotFoundException(file);

    /// <summary>The file of a module, or null; its path begins at the folder of the file that uses it.</summary>
    public static BicepFile? Module(string user, string path) => Find(Path.GetRelativePath(Folder, Path.GetFullPath(path, Path.GetDirectoryName(Path.Combine(Folder, user))!)));
}
