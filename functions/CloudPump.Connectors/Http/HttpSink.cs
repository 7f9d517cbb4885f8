using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>
/// Posts events as NDJSON. What the server refuses for good (4xx) becomes dead letters; what may pass (429, 5xx, the network) is tried again, first here, then by
/// the host, and holds back the source meanwhile.
/// </summary>
[Component(ComponentKind.Sink, "http", "Posts events to an HTTP server, many to a request, as NDJSON.",
    Example = "http: {connection: web, path: /ingest}")]
public sealed class HttpSink : SinkDefinition
{

    /// <summary>The server.</summary>
    [Option("The connection (kind http).", Main = true, Required = true, Connection = "http")]
    public string Connection { get; set; } = "";

    /// <summary>The path.</summary>
    [Option("The path below the connection's address; it may have a query.")]
    public string Path { get; set; } = "";

    /// <summary>The method.</summary>
    [Option("The request's method.")]
    public HttpSinkMethod Method { get; set; }

    /// <summary>Events per request.</summary>
    [Option("The most events in one request.")]
    public int MaxEvents { get; set; } = 1000;

    /// <summary>Bytes per request.</summary>
    [Option("The largest request; a single event may be larger.")]
    public ByteSize MaxBytes { get; set; } = new(1 << 20);

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (MaxEvents < 1)
        {
            report.Error(this, "max_events", "'max_events' must be at least 1.");
        }

        if (MaxBytes.Bytes is < 1 or > 1 << 30)
        {
            report.Error(this, "max_bytes", "'max_bytes' takes 1 to 1gb.");
        }
    }

    /// <inheritdoc/>
    public override ISink Build(BuildContext context) => Build(context, null);

    internal ISink Build(BuildContext context, HttpMessageHandler? handler)
    {
        var connection = context.Connections.Find<HttpConnection>(Connection)
            ?? throw new DefinitionException([new Diagnostic(LocationOf("connection"), $"There is no connection '{Connection}' of the kind http.")]);
        var method = new HttpMethod(Method.ToString().ToUpperInvariant());
        var sender = new HttpSender(connection.CreateClient(handler), method, connection.Url.With(Path), connection.Timeout, context.Time);
        return new HttpWriter(sender, context.Pipeline, MaxEvents, (int)MaxBytes.Bytes);
    }
}
