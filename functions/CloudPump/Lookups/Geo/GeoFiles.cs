using CloudPump.Lookups.Mmdb;

namespace CloudPump.Lookups.Geo;

/// <summary>Decides which database files to open.</summary>
internal static class GeoFiles
{
    private const string Extension = ".mmdb";

    /// <summary>The files to open; none means the built-in table.</summary>
    public static string[] Choose(string? path, string? dataFolder)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return Directory.Exists(path) ? RequireAny(path) : [path];
        }

        var installed = string.IsNullOrEmpty(dataFolder) ? null : Path.Combine(dataFolder, "geoip");
        return Directory.Exists(installed) ? Newest(installed) : [];
    }

    private static string[] RequireAny(string folder)
    {
        var files = Newest(folder);
        return files.Length > 0 ? files : throw new MmdbException(
            $"The folder '{folder}' has no {Extension} file. Put a database there, or run: cloudpump geoip install");
    }

    // One database can come as a file for both address families or as a file for each (NAME-ipv4, NAME-ipv6).
    // The newest of all files decides which database it is; its file for both is preferred.
    private static string[] Newest(string folder)
    {
        var newest = Directory.GetFiles(folder, "*" + Extension)
            .GroupBy(DatabaseName, StringComparer.Ordinal)
            .OrderByDescending(files => files.Max(File.GetLastWriteTimeUtc))
            .ThenBy(files => files.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        var both = newest?.FirstOrDefault(file => string.Equals(Path.GetFileNameWithoutExtension(file), newest.Key, StringComparison.Ordinal));
        return both is not null ? [both] : [.. newest?.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()];
    }

    private static string DatabaseName(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.EndsWith("-ipv4", StringComparison.Ordinal) || name.EndsWith("-ipv6", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
