using System.Net.Http.Headers;

namespace CloudPump.Cli.Geo;

/// <summary>An npm registry. A class and no record, so that no ToString can ever print the token.</summary>
internal sealed class NpmRegistry(Uri address, string? token)
{
    private const string PublicHost = "registry.npmjs.org";

    /// <summary>The registry's address, ending with a slash.</summary>
    public Uri Address { get; } = address;

    /// <summary>The address of a package's description; the slash of a scoped name is encoded.</summary>
    public Uri PackageAddress(string package) => new(Address, package.Replace("/", "%2f", StringComparison.Ordinal));

    /// <summary>Where to download from. Mirrors repeat the public registry's addresses; like npm, we then stay with the mirror.</summary>
    public Uri TarballAddress(Uri tarball) => tarball.Host == PublicHost && Address.Host != PublicHost
        ? new Uri(Address, tarball.AbsolutePath.TrimStart('/'))
        : tarball;

    /// <summary>A request for an address; the token goes along to the registry's own host and scheme only.</summary>
    public HttpRequestMessage Request(Uri target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        var toRegistry = string.Equals(
            target.GetLeftPart(UriPartial.Authority), Address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
        if (token is not null && toRegistry)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }
}
