using System.Text.Json;

namespace CloudPump.Cli.Geo;

/// <summary>The latest version of an npm package, as the registry describes it.</summary>
internal sealed record NpmPackage(string Name, string Version, string License, Uri Tarball, string? Integrity, string? Shasum)
{
    /// <summary>Reads the registry's description of a package.</summary>
    public static NpmPackage Parse(string name, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("dist-tags").GetProperty("latest").GetString()!;
            var release = root.GetProperty("versions").GetProperty(version);
            var dist = release.GetProperty("dist");
            var tarball = new Uri(dist.GetProperty("tarball").GetString()!, UriKind.Absolute);
            return new NpmPackage(name, version, Text(release, "license") ?? "", tarball, Text(dist, "integrity"), Text(dist, "shasum"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException
            or InvalidOperationException or UriFormatException or ArgumentNullException)
        {
            throw new GeoInstallException(
                $"The registry's description of {name} cannot be understood ({e.Message}). Check that the registry is one of npm.", e);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
