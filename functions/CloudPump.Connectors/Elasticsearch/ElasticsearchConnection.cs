using CloudPump.Connectors.Http;
using CloudPump.Pipelines;

namespace CloudPump.Connectors.Elasticsearch;

/// <summary>An Elasticsearch cluster.</summary>
[Component(ComponentKind.Connection, "elasticsearch", "An Elasticsearch cluster: its address, and an API key or a user and password.",
    Example = "search: {elasticsearch: {url: \"https://search.example.org:9200\", api_key: \"${ELASTIC_API_KEY:-none}\", timeout: 1m}}")]
public sealed class ElasticsearchConnection : ConnectionDefinition
{
    /// <summary>The address.</summary>
    [Option("The cluster's address, with a path when it lies below one.", Main = true, Required = true)]
    public HttpAddress Url { get; set; } = HttpAddress.Parse("http://localhost:9200/");

    /// <summary>The API key.</summary>
    [Option("The API key, base64 as Elasticsearch gives it out ('encoded'); take it from the environment.", Secret = true)]
    public string? ApiKey { get; set; }

    /// <summary>The user.</summary>
    [Option("The user, when there is no API key.")]
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    [Option("The user's password; take it from the environment.", Secret = true)]
    public string? Password { get; set; }

    /// <summary>How long to wait.</summary>
    [Option("How long to wait for an answer before the request counts as failed.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The address as messages show it: a key may stand in a query, so that is left out.</summary>
    public string Place => Url.With("").GetLeftPart(UriPartial.Path);

    /// <summary>Why the connection cannot be used as it is written, with the option that is wrong; null when it can.</summary>
    internal (string Option, string Message)? Mistake => this switch
    {
        { ApiKey: not null, User: not null } => ("api_key", "A connection has an 'api_key' or a 'user' and 'password', not both."),
        { User: not null, Password: null } => ("user", "The connection's 'user' needs a 'password'."),
        { User: null, Password: not null } => ("password", "The connection's 'password' needs a 'user'."),
        _ when Timeout <= TimeSpan.Zero => ("timeout", "'timeout' must be longer than 0s."),
        _ => null,
    };
}
