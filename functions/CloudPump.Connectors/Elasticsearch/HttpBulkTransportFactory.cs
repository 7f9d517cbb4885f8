namespace CloudPump.Connectors.Elasticsearch;

/// <summary>Makes transports over the plain HTTP client.</summary>
internal sealed class HttpBulkTransportFactory : IBulkTransportFactory
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public IBulkTransport Create(ElasticsearchConnection connection, TimeProvider time)
    {
        // A redirect would turn POST into GET on the way; connections are renewed so that a changed DNS entry is seen.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime };
        return new HttpBulkTransport(new HttpClient(handler), connection, time);
    }
}
