using System.Net;

namespace CloudPump.Cli.Geo;

/// <summary>Fetches a package's description and its archive from a registry.</summary>
internal sealed class NpmClient(HttpClient http, NpmRegistry registry)
{
    private const int MaxDescriptionBytes = 64 * 1024 * 1024;
    private const long MaxArchiveBytes = 1024L * 1024 * 1024;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Gets the latest version of a package.</summary>
    public async Task<NpmPackage> DescribeAsync(string package, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(registry.PackageAddress(package), package, cancellationToken);
        using var json = new MemoryStream();
        await ReadAsync(response, MaxDescriptionBytes, cancellationToken, bytes => json.WriteAsync(bytes, cancellationToken));
        return NpmPackage.Parse(package, json.GetBuffer().AsMemory(0, (int)json.Length));
    }

    /// <summary>Downloads the archive of a package to a file and checks that it is what the registry promised.</summary>
    public async Task<long> DownloadAsync(
        NpmPackage package, string file, IProgress<(long Done, long? Total)>? progress, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(registry.TarballAddress(package.Tarball), package.Name, cancellationToken);
        using var checksum = new ArchiveChecksum(package);
        await using var stream = File.Create(file);
        var total = response.Content.Headers.ContentLength;
        var done = 0L;
        await ReadAsync(response, MaxArchiveBytes, cancellationToken, async bytes =>
        {
            checksum.Append(bytes.Span);
            await stream.WriteAsync(bytes, cancellationToken);
            progress?.Report((done += bytes.Length, total));
        });
        checksum.Verify();
        return done;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, string package, CancellationToken cancellationToken)
    {
        using var request = registry.Request(address);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        response.Dispose();
        throw new GeoInstallException(response.StatusCode switch
        {
            HttpStatusCode.NotFound => $"The npm registry {address.Host} has no package {package}. Check the name, or use another registry.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"The npm registry {address.Host} refuses {package} ({(int)response.StatusCode}). Log in with: npm login",
            _ => $"The npm registry {address.Host} answered {(int)response.StatusCode} for {package}. Try again later.",
        });
    }

    private static async Task ReadAsync(
        HttpResponseMessage response, long limit, CancellationToken cancellationToken, Func<ReadOnlyMemory<byte>, ValueTask> use)
    {
        // A connection that falls silent would otherwise wait for ever: HttpClient's timeout ends with the headers.
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[81_920];
        for (var done = 0L; ;)
        {
            silence.CancelAfter(LongestSilence);
            var read = await source.ReadAsync(buffer, silence.Token);
            if (read == 0)
            {
                return;
            }

            done += read;
            if (done > limit)
            {
                throw new GeoInstallException(
                    $"The npm registry sends more than {limit} bytes, which is no location database. Check the package's name.");
            }

            await use(buffer.AsMemory(0, read));
        }
    }
}
