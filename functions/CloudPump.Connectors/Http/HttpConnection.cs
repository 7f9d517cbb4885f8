using CloudPump.Pipelines;

namespace CloudPump.Connectors.Http;

/// <summary>An HTTP server.</summary>
[Component(ComponentKind.Connection, "http", "An HTTP server: its address, and headers such as a key.",
    Example = "web: {http: {url: \"https://example.org/api\", headers: {Authorization: \"Bearer ${API_KEY:-none}\"}, timeout: 30s}}")]
public sealed class HttpConnection : ConnectionDefinition
{
    /// <summary>The address.</summary>
    [Option("The server's address; paths are added to it.", Main = true, Required = true)]
    public HttpAddress Url { get; set; } = HttpAddress.Parse("http://localhost/");

    /// <summary>Headers.</summary>
    [Option("Headers of every request, such as Authorization; take keys from the environment.", Secret = true)]
    public NamedList<string> Headers { get; set; } = [];

    /// <summary>How long to wait.</summary>
    [Option("How long to wait for an answer before the request counts as failed.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
