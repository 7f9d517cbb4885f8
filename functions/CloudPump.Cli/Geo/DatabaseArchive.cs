using System.Formats.Tar;
using System.IO.Compression;

namespace CloudPump.Cli.Geo;

/// <summary>Takes the databases out of a package's archive. The archive is not trusted: only plain names, plain files, bounded sizes.</summary>
internal static class DatabaseArchive
{
    private const string Extension = ".mmdb";
    private const int MaxEntries = 10_000;
    private const long MaxFileBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Unpacks every database of the archive into a folder; gives their names.</summary>
    public static async Task<IReadOnlyList<string>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(unzipped);
            return await UnpackAsync(tar, folder, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new GeoInstallException($"The package's archive is damaged ({e.Message}). Try again, or use another package.", e);
        }
    }

    private static async Task<IReadOnlyList<string>> UnpackAsync(TarReader tar, string folder, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var entries = 0;
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (++entries > MaxEntries)
            {
                throw new GeoInstallException($"The package's archive has more than {MaxEntries} entries, which is no location database.");
            }

            if (DatabaseName(entry) is { } name && !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                await using var target = new FileStream(Path.Combine(folder, name), FileMode.CreateNew);
                await entry.DataStream!.CopyToAsync(target, cancellationToken);
                names.Add(name);
            }
        }

        return names;
    }

    private static string? DatabaseName(TarEntry entry)
    {
        var segments = entry.Name.Split('/');
        if (entry.Name.StartsWith('/') || segments.Contains("..") || entry.Name.AsSpan().ContainsAny('\\', ':', '\0'))
        {
            throw new GeoInstallException(
                $"The package's archive has the suspicious entry '{entry.Name}'. Nothing was installed; do not use this package.");
        }

        var name = segments[^1];
        var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        if (!isFile || !name.EndsWith(Extension, StringComparison.Ordinal) || name.Length == Extension.Length || entry.DataStream is null)
        {
            return null;
        }

        return entry.Length <= MaxFileBytes ? name : throw new GeoInstallException($"'{entry.Name}' of the package's archive is larger than 2 GiB.");
    }
}
