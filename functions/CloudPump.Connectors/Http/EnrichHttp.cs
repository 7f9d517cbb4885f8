using CloudPump.Enrichers;
using CloudPump.Expressions;
using CloudPump.Pipelines;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Connectors.Http;

/// <summary>
/// Asks a server about each event and adds the JSON that it answers. A batch asks once for each path, many at a time, and answers are remembered for a while. A server that fails is asked again a few
/// times; after that the events are dead letters, which can be replayed.
/// </summary>
[Component(ComponentKind.Enricher, "enrich_http", "Asks an HTTP server about each event, and adds the JSON that it answers.",
    Example = "enrich_http: {connection: web, path: \"'/weather/' + airport\", target: weather, cache: 10m}", NotRepeatable = "the server may answer otherwise the next time")]
public sealed class EnrichHttp : ProcessorDefinition
{
    /// <summary>The server.</summary>
    [Option("The connection, of connections.yaml.", Required = true, Connection = "http")]
    public string Connection { get; set; } = "";

    /// <summary>The path.</summary>
    [Option("An expression that gives the path below the connection's address; an event without the fields in it goes on as it is.", Required = true)]
    public Expression Path { get; set; } = "''";

    /// <summary>The target.</summary>
    [Option("The field that gets the answer.", Required = true)]
    public string Target { get; set; } = "";

    /// <summary>Memory.</summary>
    [Option("How long answers are remembered.")]
    public TimeSpan Cache { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many at a time.</summary>
    [Option("How many requests run at a time.")]
    public int Parallel { get; set; } = 8;

    /// <summary>How often.</summary>
    [Option("How often a request is tried before its events are dead letters.")]
    public int Attempts { get; set; } = 3;

    /// <summary>404.</summary>
    [Option("What becomes of an event that the server knows nothing about (404): it goes on without the field, with null, or to the dead letters.")]
    public MissingEntry Missing { get; set; }

    /// <inheritdoc/>
    public override void Check(CheckReport report)
    {
        if (Parallel is < 1 or > 100)
        {
            report.Error(this, "parallel", "'parallel' takes 1 to 100.");
        }

        if (Attempts < 1)
        {
            report.Error(this, "attempts", "'attempts' takes 1 or more.");
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> GivesAway(PersonalFields fields, Lookups.LookupSet lookups) => fields.Tells(Path) ? [Path.Text] : [];

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context) => Build(context, null);

    internal IProcessor Build(BuildContext context, HttpMessageHandler? handler)
    {
        var connection = context.Connections.Find<HttpConnection>(Connection)
            ?? throw new DefinitionException([new Diagnostic(LocationOf("connection"), $"There is no connection '{Connection}' of the kind http.")]);
        return new HttpEnricher(this, context, new HttpAnswers(connection, handler, this, context.Time));
    }
}
