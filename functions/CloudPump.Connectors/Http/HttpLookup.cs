using CloudPump.Lookups;
using CloudPump.Parsers.Delimited;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>A lookup from an HTTP server, asked again at intervals, with its ETag where the server gives one.</summary>
[Component(ComponentKind.Lookup, "http", "A lookup from an HTTP server: CSV, or JSON as the json lookup takes it.",
    Example = "rates:\n  http: {connection: web, path: rates.json, key: currency, value: rate, refresh: 1h}")]
public sealed class HttpLookup : LookupDefinition
{
    /// <summary>The server.</summary>
    [Option("The connection, of connections.yaml.", Required = true, Connection = "http")]
    public string Connection { get; set; } = "";

    /// <summary>The path.</summary>
    [Option("The path below the connection's address; it may have a query.")]
    public string Path { get; set; } = "";

    /// <summary>The format.</summary>
    [Option("How the answer is written: json or csv.")]
    public LookupFormat Format { get; set; } = LookupFormat.Json;

    /// <summary>How delimited text is written.</summary>
    [OptionGroup]
    public CsvOptions Text { get; } = new();

    /// <inheritdoc/>
    [Option("How often the server is asked.")]
    public override TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override bool IsLocal => false;

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        base.Check(report);
        Text.Check(this, report);
    }

    /// <inheritdoc/>
    public override async ValueTask LoadAsync(LookupLoad load, CancellationToken cancellationToken) =>
        load.State = await HttpFetch.GetAsync(load, Connection, Path, load.State, body => load.ReadAsync(body, Format, Text, cancellationToken).AsTask(), cancellationToken);
}
