using CloudPump.Expressions;
using CloudPump.Hosting;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>
/// Writes events to Elasticsearch as documents, many to a request. What Elasticsearch refuses for good becomes dead letters; what may pass (429, 5xx, the network) is
/// tried again, first here, then by the host, and holds back the source meanwhile; so does a connection that may not write (401, 403), by the host alone. A document's id comes from the event's, so an event delivered twice is stored once.
/// </summary>
[Component(ComponentKind.Sink, "elasticsearch", "Writes events to an index or data stream of Elasticsearch; an event delivered twice is stored once.",
    Example = "elasticsearch: {connection: search, index: \"weblogs-{yyyy.MM.dd}\"}")]
public sealed class ElasticsearchSink : SinkDefinition
{
    /// <summary>The cluster.</summary>
    [Option("The connection (kind elasticsearch).", Required = true, Connection = "elasticsearch")]
    public string Connection { get; set; } = "";

    /// <summary>The index.</summary>
    [Option("The index or data stream; a date in braces, such as {yyyy.MM.dd}, is that of 'time' in UTC. A data stream takes documents with @timestamp only.", Required = true)]
    public IndexPattern Index { get; set; } = IndexPattern.Parse("events");

    /// <summary>The time in the index's name.</summary>
    [Option("The time for the index's name: a field or expression that yields a timestamp, or a text of the form of RFC 3339; where there is none, the time received.")]
    public Expression Time { get; set; } = Expression.Parse("timestamp");

    /// <summary>The operation.</summary>
    [Option("What becomes of a document whose id is there already: with create the first stays, with index the last one replaces it.")]
    public BulkOperation Op { get; set; }

    /// <summary>The document's id.</summary>
    [Option("The document's id: a text or whole number; without it the id comes from the event's own, the same at every delivery.")]
    public Expression? Id { get; set; }

    /// <summary>The ingest pipeline.</summary>
    [Option("The ingest pipeline of Elasticsearch that documents go through; _none switches off the index's default one.")]
    public string? Pipeline { get; set; }

    /// <summary>Events per request.</summary>
    [Option("The most events in one request.")]
    public int MaxEvents { get; set; } = 5000;

    /// <summary>Bytes per request.</summary>
    [Option("The largest request; a single event may be larger. Elasticsearch takes 100mb unless it is configured otherwise.")]
    public ByteSize MaxBytes { get; set; } = new(5 << 20);

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

        if (Pipeline is "")
        {
            report.Error(this, "pipeline", "'pipeline' has no name in it; leave it out, or write _none.");
        }
    }

    /// <inheritdoc/>
    public override ISink Build(BuildContext context)
    {
        var connection = context.Connections.Find<ElasticsearchConnection>(Connection)
            ?? throw new DefinitionException([new Diagnostic(LocationOf("connection"), $"There is no connection '{Connection}' of the kind elasticsearch.")]);
        if (connection.Mistake is var (option, message))
        {
            throw new DefinitionException([new Diagnostic(connection.LocationOf(option), message)]);
        }

        var factory = context.Services?.GetService(typeof(IBulkTransportFactory)) as IBulkTransportFactory ?? new HttpBulkTransportFactory();
        return Build(context, factory.Create(connection, context.Time), connection.Place);
    }

    internal ISink Build(BuildContext context, IBulkTransport transport, string place) =>
        new ElasticsearchWriter(transport, new BulkBody(new ActionLine(this, context.Pipeline, context.Fields)), this, place, context.Time);
}
