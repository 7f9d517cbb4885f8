using System.Globalization;
using System.Net;
using CloudPump.Embedded;
using CloudPump.Lookups;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudPump.Cli.Serving;

/// <summary>Publishes a host's lookups over HTTP, for other instances that follow them: GET /lookups/NAME?epoch=E&amp;since=N. It listens on one address, by default this machine's own.</summary>
internal sealed class LookupServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LookupServer(WebApplication app) => _app = app;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LookupServer> StartAsync(EmbeddedHost host, IPAddress address, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        var app = builder.Build();
        app.MapGet("/lookups/{name}", (string name, string? epoch, string? since) => Changes(host, name, epoch, since));
        await app.StartAsync(cancellationToken);
        return new LookupServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static IResult Changes(EmbeddedHost host, string name, string? epoch, string? since)
    {
        if (host.Lookups?.Find(name) is not { } lookup)
        {
            return Results.NotFound(new { error = $"There is no lookup '{name}' in use here." });
        }

        _ = ulong.TryParse(epoch, CultureInfo.InvariantCulture, out var knownEpoch);
        _ = uint.TryParse(since, CultureInfo.InvariantCulture, out var knownChange);
        return Results.Bytes(LookupPublisher.ChangesOf(lookup, knownEpoch, knownChange), LookupPublisher.ContentType);
    }
}
