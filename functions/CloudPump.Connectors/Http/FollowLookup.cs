using CloudPump.Lookups;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>
/// A lookup that another instance publishes: `cloudpump serve --port` under /lookups/NAME, the function app under /api/lookups/NAME. After the first time only changes travel,
/// and when the publisher is away, this instance goes on, and starts, with what it last had.
/// </summary>
[Component(ComponentKind.Lookup, "follow", "A lookup that another instance of CloudPump publishes; only changes travel.",
    Example = "cells:\n  follow: {connection: web, path: lookups/cells, key: [plmn, cell], refresh: 10s}")]
public sealed class FollowLookup : LookupDefinition
{
    /// <summary>The publisher.</summary>
    [Option("The connection of the publisher, of connections.yaml.", Required = true, Connection = "http")]
    public string Connection { get; set; } = "";

    /// <summary>The path.</summary>
    [Option("Where it publishes: lookups/NAME.", Required = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    [Option("How often the publisher is asked for changes.")]
    public override TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override bool IsLocal => false;

    /// <inheritdoc/>
    public override async ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken)
    {
        var query = $"?epoch={load.Epoch}&since={load.Version}";
        if (!await TryAsync(load, query, cancellationToken) && !await TryAsync(load, "", cancellationToken))
        {
            throw new LookupException($"The publisher of the lookup '{load.Name}' sent changes without their beginning.");
        }
    }

    private async Task<bool> TryAsync(LookupLoad load, string query, CancellationToken cancellationToken)
    {
        var followed = false;
        await HttpFetch.GetAsync(load, Connection, Path + query, null, async body =>
        {
            var bytes = new MemoryStream();
            await body.CopyToAsync(bytes, cancellationToken);
            followed = load.TryFollow(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }, cancellationToken);
        return followed;
    }
}
