using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>An HTTP server.</summary>
[Component(ComponentKind.Connection, "http", "An HTTP server: its address, and headers such as a key.",
    Example = "web: {http: {url: \"https://example.org/api\", headers: {Authorization: \"Bearer ${API_KEY:-none}\"}, timeout: 30s}}")]
public sealed class HttpConnection : ConnectionDefinition
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The address.</summary>
    [Option("The server's address; paths are added to it.", Main = true, Required = true)]
    public HttpAddress Url { get; set; } = HttpAddress.Parse("http://localhost/");

    /// <summary>Headers.</summary>
    [Option("Headers of every request, such as Authorization; take keys from the environment.", Secret = true)]
    public NamedList<string> Headers { get; set; } = [];

    /// <summary>How long to wait.</summary>
    [Option("How long to wait for an answer before the request counts as failed.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A client that sends the connection's headers with every request. It follows no redirects and sets no time limit of its own.</summary>
    /// <exception cref="DefinitionException">A header cannot be sent.</exception>
    internal HttpClient CreateClient(HttpMessageHandler? handler = null)
    {
        // A redirect would turn POST into GET on the way; connections are renewed so that a changed DNS entry is seen.
        var client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }, disposeHandler: handler is null)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        foreach (var (name, value) in Headers)
        {
            if (!client.DefaultRequestHeaders.TryAddWithoutValidation(name, value))
            {
                throw new DefinitionException([new Diagnostic(LocationOf("headers"), $"'{name}' cannot be a header of a request.")]);
            }
        }

        return client;
    }
}
