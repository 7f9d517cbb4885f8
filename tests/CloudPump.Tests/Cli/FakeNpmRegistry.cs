using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CloudPump.Tests.Cli;

/// <summary>An npm registry that answers from memory.</summary>
internal sealed class FakeNpmRegistry : HttpMessageHandler
{
    public const string Package = "@scope/some-database";
    private readonly Dictionary<string, byte[]> _answers = new(StringComparer.Ordinal);

    /// <summary>What was asked for: address and authorization.</summary>
    public List<string> Requests { get; } = [];

    public byte[] Archive { get; private set; } = [];

    public static FakeNpmRegistry With(params (string Name, byte[] Content)[] entries)
    {
        var registry = new FakeNpmRegistry { Archive = Pack(entries) };
        registry.Publish($"\"integrity\":\"sha512-{Convert.ToBase64String(SHA512.HashData(registry.Archive))}\"");
        return registry;
    }

    public void Publish(string checksum, string tarball = "https://npm.example/mirror/@scope/some-database/-/some-database-1.2.3.tgz")
    {
        _answers["/mirror/@scope%2Fsome-database"] = Encoding.UTF8.GetBytes(
            $$"""{"dist-tags":{"latest":"1.2.3"},"versions":{"1.2.3":{"license":"CC0-1.0","dist":{"tarball":"{{tarball}}", {{checksum}} } } } }""");
        _answers["/mirror/@scope/some-database/-/some-database-1.2.3.tgz"] = Archive;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add($"{request.RequestUri} {request.Headers.Authorization}".TrimEnd());
        var path = request.RequestUri!.AbsolutePath.Replace("%2f", "%2F", StringComparison.Ordinal);
        return Task.FromResult(_answers.TryGetValue(path, out var answer)
            ? new HttpResponseMessage { Content = new ByteArrayContent(answer) }
            : new HttpResponseMessage(HttpStatusCode.NotFound));
    }

    private static byte[] Pack((string Name, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return packed.ToArray();
    }
}
