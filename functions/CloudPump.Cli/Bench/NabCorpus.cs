using System.Text.Json;

namespace CloudPump.Cli.Bench;

/// <summary>A folder in the form of the Numenta Anomaly Benchmark: data/**/*.csv, labels/combined_windows.json and profiles.json.</summary>
internal sealed record NabCorpus(IReadOnlyList<NabFile> Files, IReadOnlyList<NabProfile> Profiles)
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="UsageException">The folder lacks something, or a file of it cannot be read.</exception>
    public static NabCorpus Read(string folder)
    {
        var data = Path.Combine(folder, "data");
        if (!Directory.Exists(data))
        {
            throw new UsageException($"'{folder}' has no folder 'data': expected data/**/*.csv, labels/combined_windows.json and profiles.json.");
        }

        var labels = ReadJson(Path.Combine(folder, "labels", "combined_windows.json"), NabJson.Windows);
        var files = Directory.EnumerateFiles(data, "*.csv", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(data, path).Replace('\\', '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => NabSeries.Read(file.Path, file.Name, labels.GetValueOrDefault(file.Name, [])))
            .ToList();
        return files.Count > 0
            ? new NabCorpus(files, ReadJson(Path.Combine(folder, "profiles.json"), NabJson.Profiles))
            : throw new UsageException($"There is no .csv file below '{data}'.");
    }

    private static T ReadJson<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"'{path}' is missing.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"'{path}' is not as expected: {e.Message}");
        }
    }
}
